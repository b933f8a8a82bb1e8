// Decodes records of IRQ Ledger: a public Avro library (avsc), the topic irq.schemas, and nothing
// else. Written to be copied into a consumer of your own.
//
//   npm ci
//   node decode.js records.tsv
//
// A line of the file is one record: topic, key and value with tabs between them, key and value in
// base64. For each record that is no schema it prints one line of JSON; "value" is in the JSON
// encoding of the Avro specification, so that bytes are strings of the characters 0 to 255.

'use strict';

const avro = require('avsc');
const fs = require('fs');

/** Where the record starts: behind the marker C3 01 and the eight bytes of the fingerprint. */
const HEADER_BYTES = 10;

/** The schemas of irq.schemas, by key: the CRC-64-AVRO fingerprint in 16 hexadecimal digits. */
class Schemas {
  constructor() {
    this.types = new Map();
  }

  /** Takes a record of irq.schemas. Its value is the schema's JSON text itself. */
  take(key, value) {
    this.types.set(key.toString('utf8'), avro.Type.forSchema(JSON.parse(value.toString('utf8'))));
  }

  /** Decodes a value of any other topic: Avro's single-object encoding. */
  decode(value) {
    if (value.length < HEADER_BYTES || value[0] !== 0xc3 || value[1] !== 0x01) {
      throw new Error('no single-object encoding');
    }
    // The fingerprint stands there with its lowest byte first; keys have the highest first.
    const fingerprint = value.readBigUInt64LE(2).toString(16).padStart(16, '0');
    const type = this.types.get(fingerprint);
    if (type === undefined) {
      throw new Error(`no schema ${fingerprint}: read irq.schemas to its end first`);
    }
    return { type, value: type.fromBuffer(value.subarray(HEADER_BYTES)) };
  }
}

function main(file) {
  const records = fs
    .readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [topic, key, value] = line.split('\t');
      return { topic, key: Buffer.from(key, 'base64'), value: Buffer.from(value, 'base64') };
    });
  const schemas = new Schemas();
  records
    .filter((record) => record.topic === 'irq.schemas')
    .forEach((record) => schemas.take(record.key, record.value));
  for (const record of records.filter((other) => other.topic !== 'irq.schemas')) {
    const { type, value } = schemas.decode(record.value);
    const head = JSON.stringify({
      topic: record.topic,
      key: record.key.toString('utf8'),
      schema: type.name,
    });
    process.stdout.write(`${head.slice(0, -1)},"value":${type.toString(value)}}\n`);
  }
}

if (require.main === module) {
  if (process.argv.length !== 3) {
    process.stderr.write('usage: node decode.js FILE\n');
    process.exit(2);
  }
  main(process.argv[2]);
}

module.exports = { Schemas };

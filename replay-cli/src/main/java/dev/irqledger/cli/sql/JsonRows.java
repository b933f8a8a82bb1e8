package dev.irqledger.cli.sql;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.irqledger.cli.JsonLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBStruct;
import org.jspecify.annotations.Nullable;

/** An answer as JSON, an object a line. */
final class JsonRows {
  private final ResultSet rows;
  private final PrintWriter out;
  private final List<String> names;

  JsonRows(ResultSet rows, PrintWriter out) throws SQLException {
    this.rows = rows;
    this.out = out;
    this.names = Columns.of(rows.getMetaData());
  }

  /** Prints all rows, and gives their number; ends where nobody reads any more. */
  long print() throws SQLException {
    long count = 0;
    while (rows.next() && !out.checkError()) {
      count++;
      List<@Nullable Object> values = new ArrayList<>();
      for (int column = 1; column <= names.size(); column++) {
        values.add(rows.getObject(column));
      }
      JsonLine.print(
          out,
          json -> {
            for (int i = 0; i < values.size(); i++) {
              json.writeFieldName(names.get(i));
              write(values.get(i), json);
            }
          });
    }
    return count;
  }

  private static void write(@Nullable Object value, JsonGenerator json) throws IOException {
    switch (value) {
      case null -> json.writeNull();
      case BigInteger number -> json.writeNumber(number);
      case BigDecimal number -> json.writeNumber(number);
      case Double number when !Double.isFinite(number) -> json.writeString(number.toString());
      case Float number when !Float.isFinite(number) -> json.writeString(number.toString());
      case Number number -> json.writeNumber(number.toString());
      case Boolean flag -> json.writeBoolean(flag);
      case OffsetDateTime time -> json.writeString(time.toInstant().toString());
      case Timestamp time -> json.writeString(time.toLocalDateTime().toString());
      case Object[] list -> writeList(list, json);
      case Array list -> writeList(elements(list), json);
      case DuckDBStruct struct -> writeMap(fields(struct), json);
      case Map<?, ?> map -> writeMap(map, json);
      default -> json.writeString(value.toString());
    }
  }

  private static Object[] elements(Array list) throws IOException {
    try {
      return (Object[]) list.getArray();
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  private static Map<?, ?> fields(DuckDBStruct struct) throws IOException {
    try {
      return struct.getMap();
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  private static void writeList(Object[] list, JsonGenerator json) throws IOException {
    json.writeStartArray();
    for (Object each : list) {
      write(each, json);
    }
    json.writeEndArray();
  }

  private static void writeMap(Map<?, ?> map, JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      json.writeFieldName(String.valueOf(entry.getKey()));
      write(entry.getValue(), json);
    }
    json.writeEndObject();
  }
}

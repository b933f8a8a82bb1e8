package dev.irqledger.cli.sql;

import dev.irqledger.core.rule.Violation;
import dev.irqledger.replay.LogRecord;
import java.sql.SQLException;
import java.util.List;

/** The rows of the table {@code violations}. */
final class ViolationRows {
  private final Rows rows;

  ViolationRows(Rows rows) {
    this.rows = rows;
  }

  void add(LogRecord record, List<Violation> violations) throws SQLException {
    for (Violation violation : violations) {
      rows.begin().id(violation.id()).text(violation.rule().name());
      rows.text(violation.device().host()).text(violation.device().bdf().text());
      rows.number(record.partition()).number(record.offset()).millis(record.logTimeMillis());
      rows.micros(violation.hostTimeMicros()).id(violation.eventId());
      rows.number(violation.epoch()).number(violation.sequence());
      rows.numbers(violation.vectors().stream().mapToInt(Integer::intValue).toArray());
      rows.strange(violation.expected()).strange(violation.reported()).end();
    }
  }
}

package dev.irqledger.cli.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which statements are questions, and that nothing else gets through, by two fences. */
class QuestionTest {
  private static final String MEMORY = "64MiB";

  private static final String STANDING =
      "SELECT (SELECT count(*) FROM devices) + (SELECT count(*) FROM events) AS rows,"
          + " current_setting('memory_limit') AS memory,"
          + " current_setting('enable_external_access') AS files,"
          + " current_setting('lock_configuration') AS locked";

  private static final String AS_OPENED =
      "{\"rows\":0,\"memory\":\"64.0 MiB\",\"files\":false,\"locked\":true}";

  @TempDir private static Path outside;
  private static Path secret;
  private static LedgerTables open;
  private static LedgerTables closed;
  private static Answers answers;

  @BeforeAll
  static void make() throws IOException {
    secret = Files.writeString(outside.resolve("secret.csv"), "a,b\n1,2\n");
    open = LedgerTables.create(MEMORY, Map.of());
    closed = LedgerTables.create(MEMORY, Map.of());
    answers = closed.answers(List.of(outside.resolve("answer")));
  }

  @AfterAll
  static void remove() {
    open.close();
    closed.close();
    assertFalse(Files.exists(open.folder()));
    assertFalse(Files.exists(closed.folder()));
  }

  /** Statements that write, or reach beyond the tables; FILE is one that is there. */
  private static Stream<String> reaching() {
    return Stream.of(
            "COPY events TO 'FILE.out'",
            "COPY (FROM devices) TO 'FILE.out' (FORMAT parquet)",
            "COPY events FROM 'FILE'",
            "ATTACH 'FILE.db'",
            "ATTACH 'FILE.db' AS other (READ_ONLY)",
            "DETACH ledger",
            "USE memory",
            "INSTALL httpfs",
            "LOAD httpfs",
            "LOAD 'FILE'",
            "SET memory_limit = '100GiB'",
            "SET enable_external_access = true",
            "RESET lock_configuration",
            "PRAGMA memory_limit = '100GiB'",
            "PRAGMA enable_profiling",
            "CREATE TABLE mine (a INTEGER)",
            "CREATE TEMP TABLE mine AS SELECT 1 AS a",
            "CREATE OR REPLACE VIEW spans AS SELECT 1 AS a",
            "CREATE MACRO two() AS 2",
            "CREATE SECRET (TYPE s3)",
            "DROP TABLE events",
            "ALTER TABLE events ADD COLUMN a INTEGER",
            "TRUNCATE events",
            "INSERT INTO devices (host) VALUES ('hv-9')",
            "WITH one AS (SELECT 1) INSERT INTO devices (host) SELECT 'hv-9'",
            "UPDATE devices SET host = 'hv-9'",
            "DELETE FROM events",
            "CALL pragma_version()",
            "EXPORT DATABASE 'FILE.out'",
            "IMPORT DATABASE 'FILE'",
            "VACUUM",
            "CHECKPOINT",
            "BEGIN",
            "PREPARE q AS SELECT 1",
            "EXECUTE q",
            "EXPLAIN ANALYZE INSERT INTO devices (host) VALUES ('hv-9')")
        .map(sql -> sql.replace("FILE", secret.toString()));
  }

  @ParameterizedTest
  @MethodSource("reaching")
  void a_statement_that_does_more_than_ask_is_refused(String sql) {
    WrongStatement refused = assertThrows(WrongStatement.class, () -> open.question(sql));
    assertTrue(String.valueOf(refused.getMessage()).contains("only asked"), refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FROM read_csv('FILE')",
        "FROM read_text('FILE')",
        "FROM read_blob('FILE')",
        "FROM read_json('FILE')",
        "FROM read_parquet('FILE')",
        "FROM 'FILE'",
        "FROM glob('/etc/*')",
        "FROM read_csv('https://localhost/x.csv')",
        "FROM query('FROM read_text(''FILE'')')"
      })
  void a_question_about_files_is_refused(String sql) {
    String there = sql.replace("FILE", secret.toString());
    assertThrows(WrongStatement.class, () -> open.question(there));
    assertThrows(WrongStatement.class, () -> answers.table(there, nowhere()));
  }

  /** The engine itself refuses, had the parser let it pass; what it allows it does not keep. */
  @ParameterizedTest
  @MethodSource("reaching")
  void what_would_pass_the_first_fence_changes_nothing(String sql) throws IOException {
    try (LedgerTables tables = LedgerTables.create(MEMORY, Map.of())) {
      Answers behind = tables.answers(List.of());
      attempt(sql, behind);
      attempt("ROLLBACK", behind); // some begin a transaction before they fail
      StringWriter now = new StringWriter();
      behind.json(STANDING, new PrintWriter(now));
      assertEquals(AS_OPENED, now.toString().strip());
    }
    try (Stream<Path> files = Files.list(outside)) {
      assertEquals(List.of(secret), files.toList());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT 1; SELECT 2|these are 2 statements",
        "FROM devices; DROP TABLE events|only asked",
        "''|no statement",
        "-- nothing|no statement",
        "SELEC 1|LINE 1: SELEC 1",
        "SELECT nothing FROM events|\"nothing\" not found",
        "FROM event|does not exist",
        "SELECT 'a|unterminated"
      })
  void a_wrong_statement_is_told_with_its_reason(String sql, String reason) {
    WrongStatement wrong = assertThrows(WrongStatement.class, () -> open.question(sql));
    assertTrue(String.valueOf(wrong.getMessage()).contains(reason), wrong.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT 1 + 1|",
        "FROM devices|DEVICES",
        "FROM Devices;|DEVICES",
        "FROM ledger.main.vectors|VECTORS",
        "WITH e AS (FROM events) SELECT count(*) FROM e|EVENTS",
        "SELECT (SELECT count(*) FROM violations) FROM devices|VIOLATIONS,DEVICES",
        "FROM spans|CHANGES",
        "FROM levels|EVENTS,CHANGES",
        "FROM devices UNION ALL BY NAME FROM changes|DEVICES,CHANGES",
        "DESCRIBE events|EVENTS",
        "SUMMARIZE devices|EVENTS,CHANGES,VIOLATIONS,DEVICES,VECTORS",
        "FROM query_table('changes')|EVENTS,CHANGES,VIOLATIONS,DEVICES,VECTORS",
        "VALUES (1), (2)|",
        "SHOW TABLES|"
      })
  void a_question_says_which_tables_it_reads(String sql, String tables) {
    Set<Table> expected = EnumSet.noneOf(Table.class);
    if (tables != null) {
      Stream.of(tables.split(",", -1)).map(Table::valueOf).forEach(expected::add);
    }
    assertEquals(expected, open.question(sql).tables());
  }

  @Test
  void the_files_that_were_named_are_the_only_ones_to_be_written() throws IOException {
    Path named = outside.resolve("answer");
    assertEquals(1, answers.csv("SELECT 1 AS a", named));
    assertEquals("a\n1\n", Files.readString(named));
    Files.delete(named);
    Path other = outside.resolve("other");
    assertThrows(RuntimeException.class, () -> answers.csv("SELECT 1 AS a", other));
    assertFalse(Files.exists(other));
  }

  private static void attempt(String sql, Answers behind) {
    try {
      behind.table(sql, nowhere());
    } catch (WrongStatement refused) {
      assertFalse(String.valueOf(refused.getMessage()).isBlank());
    }
  }

  private static PrintWriter nowhere() {
    return new PrintWriter(new StringWriter());
  }
}

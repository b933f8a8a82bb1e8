package dev.irqledger.web.http;

import dev.irqledger.core.point.Point;
import dev.irqledger.web.FindingFilter;
import dev.irqledger.web.FindingPage;
import dev.irqledger.web.LedgerQueries;
import dev.irqledger.web.Position;
import dev.irqledger.web.Pressure;
import dev.irqledger.wire.avro.ViolationKind;
import io.javalin.http.Context;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Findings, and the pressure on hosts. */
final class FindingRoutes {
  private static final Pattern NEXT = Pattern.compile("(\\d{1,9})@(\\d{1,18})@(-1|\\d{1,18})");

  private final LedgerQueries queries;

  FindingRoutes(LedgerQueries queries) {
    this.queries = queries;
  }

  record Answered(PositionForm position, List<FindingForm> violations, @Nullable String next) {}

  void violations(Context request) {
    Parameters parameters =
        new Parameters(request, "host", "device", "rule", "kind", "since", "pageSize", "cursor");
    FindingFilter filter =
        new FindingFilter(
            parameters.host(),
            parameters.device(),
            parameters.text("rule"),
            parameters.choice(
                "kind", ViolationKind.class, EnumSet.complementOf(EnumSet.of(ViolationKind.OTHER))),
            parameters.time("since"));
    int size = parameters.pageSize(DeviceRoutes.USUAL_PAGE, DeviceRoutes.LARGEST_PAGE);
    Cursor cursor = parameters.cursor("violations");
    FindingPage page =
        cursor == null ? queries.findings(filter, null, null, size) : next(filter, cursor, size);
    Answer.json(
        request,
        new Answered(
            PositionForm.of(page.position()),
            page.findings().stream().map(FindingForm::of).toList(),
            cursor(page)));
  }

  private FindingPage next(FindingFilter filter, Cursor cursor, int size) {
    Matcher next = NEXT.matcher(cursor.after());
    if (!next.matches()
        || !(Parameters.point("cursor", cursor.point()) instanceof Point.Offsets(var last))) {
      throw Cursor.none();
    }
    return queries.findings(
        filter,
        new Position(last, Long.parseLong(next.group(3))),
        new FindingPage.Next(Integer.parseInt(next.group(1)), Long.parseLong(next.group(2))),
        size);
  }

  private static @Nullable String cursor(FindingPage page) {
    FindingPage.Next next = page.next();
    if (next == null) {
      return null;
    }
    String after = next.partition() + "@" + next.offset() + "@" + page.position().logTimeMs();
    return new Cursor("violations", page.position().token(), after).token();
  }

  void pressure(Context request) {
    String host = new Parameters(request).pathHost();
    Pressure pressure =
        queries
            .pressure(host)
            .orElseThrow(() ->
                new Problem(ProblemType.NOT_FOUND, "nothing is known of the pressure on " + host));
    Answer.json(request, PressureForm.of(pressure));
  }
}

package dev.irqledger.web.http;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.point.Point;
import dev.irqledger.web.Cut;
import dev.irqledger.web.DeviceRow;
import dev.irqledger.web.HistoryPage;
import dev.irqledger.web.LedgerQueries;
import dev.irqledger.web.Position;
import dev.irqledger.wire.FoldedState;
import io.javalin.http.Context;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Hosts, devices, one device, and its history. */
final class DeviceRoutes {
  static final int USUAL_PAGE = 100;
  static final int LARGEST_PAGE = 1000;

  /** A device has no more vectors: whoever wants its map as a whole gets it in one page. */
  static final int LARGEST_MAP = 2048;

  static final int USUAL_MAP = 256;

  private final LedgerQueries queries;
  private final KeptCuts cuts;

  DeviceRoutes(LedgerQueries queries, KeptCuts cuts) {
    this.queries = queries;
    this.cuts = cuts;
  }

  record HostPage(PositionForm position, List<HostForm> hosts, @Nullable String next) {}

  void hosts(Context request) {
    Parameters parameters = new Parameters(request, "at", "pageSize", "cursor");
    int size = parameters.pageSize(USUAL_PAGE, LARGEST_PAGE);
    Cursor cursor = parameters.cursor("hosts");
    Cut<DeviceRow> cut = cut(null, parameters.at(), cursor);
    Page<HostForm> page =
        Page.of(HostForm.of(cut.items(), queries::sizes), HostForm::host, cursor, size);
    Answer.json(
        request,
        new HostPage(
            PositionForm.of(cut.position()), page.items(), page.next("hosts", cut.position())));
  }

  record DevicePage(PositionForm position, List<DeviceForm> devices, @Nullable String next) {}

  void devices(Context request) {
    Parameters parameters = new Parameters(request, "host", "at", "pageSize", "cursor");
    int size = parameters.pageSize(USUAL_PAGE, LARGEST_PAGE);
    String host = parameters.host();
    Cursor cursor = parameters.cursor("devices");
    Cut<DeviceRow> cut = cut(host, parameters.at(), cursor);
    Page<DeviceRow> page = Page.of(cut.items(), DeviceRoutes::name, cursor, size);
    Answer.json(
        request,
        new DevicePage(
            PositionForm.of(cut.position()),
            page.items().stream().map(DeviceForm::of).toList(),
            page.next("devices", cut.position())));
  }

  private Cut<DeviceRow> cut(@Nullable String host, Point at, @Nullable Cursor cursor) {
    return cursor == null ? cuts.at(host, at) : cuts.again(host, cursor.point());
  }

  private static String name(DeviceRow row) {
    return row.key().toString();
  }

  /**
   * A page of a whole list.
   *
   * @param last what the last item is called, where another follows it
   */
  private record Page<T>(List<T> items, @Nullable String last) {
    static <T> Page<T> of(
        List<T> all, Function<? super T, String> name, @Nullable Cursor after, int size) {
      int from = 0;
      if (after != null) {
        while (from < all.size() && !name.apply(all.get(from)).equals(after.after())) {
          from++;
        }
        if (from == all.size()) {
          throw Cursor.none();
        }
        from++;
      }
      int to = Math.min(all.size(), from + size);
      return new Page<>(
          all.subList(from, to), to == all.size() ? null : name.apply(all.get(to - 1)));
    }

    @Nullable String next(String of, Position position) {
      return last == null ? null : new Cursor(of, position.token(), last).token();
    }
  }

  /**
   * @param stale whether it is from a copy that may be behind
   */
  record DeviceAnswer(
      PositionForm position,
      boolean stale,
      DeviceForm device,
      @Nullable Integer intxTrigger,
      @Nullable Integer errTrigger,
      @Nullable Integer reqTrigger,
      List<VectorForm> vectors,
      @Nullable String next) {}

  /** What is asked of a device's vector map, whoever answers. */
  private record MapQuestion(Parameters parameters, int size, DeviceKey key) {
    static MapQuestion of(Context request) {
      Parameters parameters = new Parameters(request, "at", "pageSize", "cursor", "stale");
      parameters.requireSoundStale();
      int size = parameters.pageSize(USUAL_MAP, LARGEST_MAP);
      return new MapQuestion(parameters, size, parameters.pathDevice());
    }
  }

  void device(Context request) {
    MapQuestion asked = MapQuestion.of(request);
    DeviceKey key = asked.key();
    Cursor cursor = asked.parameters().cursor("vectors");
    Point at =
        cursor == null ? asked.parameters().at() : Parameters.point("cursor", cursor.point());
    long after = cursor == null ? -1 : cursor.afterNumber();
    if (after < -1 || after >= LARGEST_MAP) {
      throw Cursor.none();
    }
    FoldedState folded = queries.device(key, at).orElseThrow(() -> unknown(key, at));
    Answer.json(request, answer(folded, false, (int) after, asked.size()));
  }

  /** The device as a copy has it. */
  void copy(Context request) {
    MapQuestion asked = MapQuestion.of(request);
    FoldedState folded =
        queries.copy(asked.key()).orElseThrow(() -> unknown(asked.key(), Point.LATEST));
    Answer.json(request, answer(folded, true, -1, asked.size()));
  }

  private static DeviceAnswer answer(FoldedState folded, boolean stale, int after, int size) {
    var interrupts = folded.state().interrupts();
    List<VectorForm> vectors = VectorForm.page(interrupts.vectors(), after, size);
    Position position = Position.of(folded.position());
    String next = null;
    if (vectors.size() > size) {
      vectors = vectors.subList(0, size);
      String last = Integer.toString(vectors.getLast().vector());
      next = new Cursor("vectors", position.token(), last).token();
    }
    return new DeviceAnswer(
        PositionForm.of(position),
        stale,
        DeviceForm.of(DeviceRow.of(folded)),
        VectorForm.descriptor(interrupts.intxTrigger()),
        VectorForm.descriptor(interrupts.errTrigger()),
        VectorForm.descriptor(interrupts.reqTrigger()),
        vectors,
        next);
  }

  private static Problem unknown(DeviceKey key, Point at) {
    String when =
        at.equals(Point.LATEST) ? " has been folded yet" : " is in the log at " + at.token();
    return new Problem(ProblemType.NOT_FOUND, "no event of " + key + when);
  }

  record HistoryAnswer(
      PositionForm position, List<EventForm.Folded> events, @Nullable String next) {}

  void history(Context request) {
    Parameters parameters = new Parameters(request, "at", "pageSize", "cursor", "last");
    Integer last = parameters.number("last", 1, LARGEST_PAGE);
    if (last != null
        && (parameters.text("pageSize") != null || parameters.text("cursor") != null)) {
      throw Parameters.bad("last", "not with pageSize or cursor: it is one page");
    }
    int size = parameters.pageSize(USUAL_PAGE, LARGEST_PAGE);
    DeviceKey key = parameters.pathDevice();
    Cursor cursor = parameters.cursor("history");
    Point at = cursor == null ? parameters.at() : Parameters.point("cursor", cursor.point());
    long after = cursor == null ? -1 : cursor.afterNumber();
    HistoryPage page =
        last == null ? queries.history(key, at, after, size) : queries.past().lastOf(key, at, last);
    String next =
        page.more()
            ? new Cursor(
                    "history",
                    page.position().token(),
                    Long.toString(page.events().getLast().position().offset()))
                .token()
            : null;
    Answer.json(
        request,
        new HistoryAnswer(
            PositionForm.of(page.position()),
            page.events().stream().map(EventForm.Folded::of).toList(),
            next));
  }
}

import dev.irqledger.standalone.GuestArchive;
import java.nio.file.Path;

/** Writes an archive of what a fleet of guests does: DIRECTORY EVENTS HOSTS DEVICES PARTITIONS. */
final class FleetArchive {
  private FleetArchive() {}

  public static void main(String[] arguments) {
    GuestArchive made =
        GuestArchive.write(
            Path.of(arguments[0]),
            Long.parseLong(arguments[1]),
            Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]),
            Integer.parseInt(arguments[4]),
            _ -> {});
    System.out.println(made.events() + " events from " + made.begin() + " to " + made.end());
  }
}

package dev.irqledger.wire;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceCapabilities;
import dev.irqledger.core.device.IrqIndexInfo;
import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.core.event.DeviceIdentity;
import dev.irqledger.core.state.Profile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What is known of a device beside its interrupts. */
final class ProfileForm {
  private static final KernelGeneration[] GENERATIONS = KernelGeneration.values();
  private static final Profile.Openness[] OPENNESS = Profile.Openness.values();

  private ProfileForm() {}

  static void write(Profile profile, FieldWriter out) throws IOException {
    out.out.writeString(profile.kernel().text());
    writeCapabilities(profile.capabilities(), out);
    out.constant(profile.generation());
    writeIdentity(profile.identity(), out);
    out.constant(profile.open());
  }

  static Profile read(FieldReader in) throws IOException {
    return new Profile(
        new KernelRelease(in.text()),
        readCapabilities(in),
        in.constant(GENERATIONS),
        readIdentity(in),
        in.constant(OPENNESS));
  }

  static void writeCapabilities(DeviceCapabilities capabilities, FieldWriter out)
      throws IOException {
    out.out.writeArrayStart();
    out.out.setItemCount(capabilities.indexes().size());
    for (IrqIndexInfo info : capabilities.indexes()) {
      out.out.startItem();
      out.out.writeInt(info.count());
      out.out.writeInt(info.flags());
    }
    out.out.writeArrayEnd();
  }

  static DeviceCapabilities readCapabilities(FieldReader in) throws IOException {
    List<IrqIndexInfo> indexes = new ArrayList<>();
    for (long n = in.in.readArrayStart(); n != 0; n = in.in.arrayNext()) {
      for (long i = 0; i < n; i++) {
        indexes.add(new IrqIndexInfo(in.in.readInt(), in.in.readInt()));
      }
    }
    return new DeviceCapabilities(indexes);
  }

  static void writeIdentity(DeviceIdentity identity, FieldWriter out) throws IOException {
    out.textOrNull(identity.pciId());
    out.intOrNull(identity.iommuGroup());
    out.textOrNull(identity.iommuUnit());
    Bdf physical = identity.physicalFunction();
    out.textOrNull(physical == null ? null : physical.text());
    out.textOrNull(identity.driver());
  }

  static DeviceIdentity readIdentity(FieldReader in) throws IOException {
    return new DeviceIdentity(
        in.textOrNull(), in.intOrNull(), in.textOrNull(), in.bdfOrNull(), in.textOrNull());
  }
}

/**
 * The real kernel behind the agent's seam: VFIO by system calls. The one package that uses {@code
 * java.lang.foreign}, and the one in which names are spelled as the kernel's headers spell them.
 * {@link dev.irqledger.agent.linux.Libc} binds the calls, {@link dev.irqledger.agent.linux.Uapi}
 * holds the headers' numbers, {@link dev.irqledger.agent.linux.Ioctls} makes each ioctl a method.
 * Uses the core, the seam and what sysfs shows; knows nothing of events or scripts.
 */
@NullMarked
package dev.irqledger.agent.linux;

import org.jspecify.annotations.NullMarked;

// Memory that was freed and that the process holds on to.

import CKernels

/// What the allocator keeps of freed blocks for those that come.
public enum FreedMemory {
  /// Gives it back to the system: worth it between computations on many rows, whose blocks have different sizes.
  public static func giveBack() { memory_give_back() }
}

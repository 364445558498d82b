package org.sonograph.runtime.ffmpeg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * An empty ELF shared library with a given name. The bundled FFmpeg names libraries for capturing
 * from sound cards and screens that servers and containers do not have; nothing is ever called in
 * them here (they are bound lazily), but the loader wants to find them. See RATIONALE.md.
 */
final class StubLibrary {
  private static final int HEADER_BYTES = 64;
  private static final int PROGRAM_HEADER_BYTES = 56;
  private static final int SYMBOL_BYTES = 24;
  private static final int HASH_BYTES = 16;
  private static final int DYNAMIC_ENTRIES = 7;
  private static final int PAGE_BYTES = 0x10000;

  private static final int MACHINE_X86_64 = 62;
  private static final int MACHINE_AARCH64 = 183;

  private StubLibrary() {}

  /**
   * Bytes of a 64-bit little-endian library without symbols.
   *
   * @param soname for example {@code libpulse.so.0}
   */
  static byte[] named(String soname, Platform platform) {
    byte[] strings = ("\0" + soname + "\0").getBytes(StandardCharsets.US_ASCII);
    int symbols = HEADER_BYTES + 2 * PROGRAM_HEADER_BYTES;
    int hash = symbols + SYMBOL_BYTES;
    int dynamic = hash + HASH_BYTES;
    int dynamicBytes = DYNAMIC_ENTRIES * 16;
    int text = dynamic + dynamicBytes;
    int size = text + strings.length;

    ByteBuffer elf = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0});
    elf.putShort((short) 3); // ET_DYN
    elf.putShort((short) (platform.processor().equals("arm64") ? MACHINE_AARCH64 : MACHINE_X86_64));
    elf.putInt(1).putLong(0).putLong(HEADER_BYTES).putLong(0).putInt(0);
    elf.putShort((short) HEADER_BYTES).putShort((short) PROGRAM_HEADER_BYTES).putShort((short) 2);
    elf.putShort((short) 64).putShort((short) 0).putShort((short) 0);

    segment(elf, 1, 0, size, PAGE_BYTES); // PT_LOAD
    segment(elf, 2, dynamic, dynamicBytes, 8); // PT_DYNAMIC

    elf.position(hash);
    elf.putInt(1).putInt(1).putInt(0).putInt(0); // one empty bucket, the null symbol

    long[][] entries = {
      {14, 1}, // DT_SONAME, offset in the strings
      {4, hash}, // DT_HASH
      {5, text}, // DT_STRTAB
      {6, symbols}, // DT_SYMTAB
      {10, strings.length}, // DT_STRSZ
      {11, SYMBOL_BYTES}, // DT_SYMENT
      {0, 0}
    };
    for (long[] entry : entries) {
      elf.putLong(entry[0]).putLong(entry[1]);
    }
    elf.put(strings);
    return elf.array();
  }

  private static void segment(ByteBuffer elf, int type, long offset, long size, long align) {
    elf.putInt(type).putInt(6); // readable, writable: the loader relocates DT_* in place
    elf.putLong(offset).putLong(offset).putLong(offset);
    elf.putLong(size).putLong(size).putLong(align);
  }
}

const packetMs = 20;
const samplesPerPacket = 960;
const preSkip = 312;

/** A voice note of silence: a real Ogg Opus file, mono, as WhatsApp's phones record them. */
export function voiceNote(seconds: number): Buffer {
  const packets = Array.from({ length: Math.max(1, Math.round((seconds * 1000) / packetMs)) }, () => silence);
  const pages: Buffer[] = [
    page([head], { flags: 2, granule: 0, sequence: 0 }),
    page([tags], { flags: 0, granule: 0, sequence: 1 }),
  ];
  for (let at = 0; at < packets.length; at += 50) {
    const chunk = packets.slice(at, at + 50);
    const isLast = at + 50 >= packets.length;
    const granule = (at + chunk.length) * samplesPerPacket;
    pages.push(page(chunk, { flags: isLast ? 4 : 0, granule, sequence: pages.length }));
  }
  return Buffer.concat(pages);
}

/** One packet of 20 ms in which the encoder heard nothing (RFC 6716: CELT, full band, mono). */
const silence = Buffer.from([0xf8, 0xff, 0xfe]);

const head = Buffer.concat([
  Buffer.from("OpusHead"),
  // Version 1, one channel, pre-skip, 48 kHz, no gain, no mapping.
  Buffer.from([1, 1, preSkip & 0xff, preSkip >> 8, 0x80, 0xbb, 0, 0, 0, 0, 0]),
]);

const tags = Buffer.concat([
  Buffer.from("OpusTags"),
  Buffer.from([7, 0, 0, 0]),
  Buffer.from("rapport"),
  Buffer.from([0, 0, 0, 0]),
]);

/** A page of RFC 3533; its checksum is made over itself with the checksum's own bytes at zero. */
function page(
  packets: Buffer[],
  { flags, granule, sequence }: { flags: number; granule: number; sequence: number },
): Buffer {
  const header = Buffer.alloc(27);
  header.write("OggS", 0);
  header.writeUInt8(flags, 5);
  header.writeBigUInt64LE(BigInt(granule), 6);
  header.writeUInt32LE(1, 14);
  header.writeUInt32LE(sequence, 18);
  header.writeUInt8(packets.length, 26);
  const bytes = Buffer.concat([header, Buffer.from(packets.map((packet) => packet.length)), ...packets]);
  bytes.writeUInt32LE(checksum(bytes), 22);
  return bytes;
}

const table = Array.from({ length: 256 }, (_, index) => {
  let value = index << 24;
  for (let bit = 0; bit < 8; bit += 1) value = value & 0x80000000 ? (value << 1) ^ 0x04c11db7 : value << 1;
  return value >>> 0;
});

function checksum(bytes: Buffer): number {
  return bytes.reduce((sum, byte) => ((sum << 8) ^ (table[((sum >>> 24) ^ byte) & 0xff] ?? 0)) >>> 0, 0);
}

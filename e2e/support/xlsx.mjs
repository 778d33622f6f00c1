// Changes a workbook as a person would, without a library: unpacks its parts, edits the text of the first sheet, packs again.
import { deflateRawSync, inflateRawSync } from "node:zlib";

const SHEET = "xl/worksheets/sheet1.xml";

/** The workbook with the text of its first sheet changed by `edit`. */
export function withSheet(workbook, edit) {
  const parts = unpack(workbook);
  const sheet = parts.find((part) => part.name === SHEET);
  sheet.content = Buffer.from(edit(sheet.content.toString("utf8")), "utf8");
  return pack(parts);
}

/** The letters of the column with this heading. */
export function columnOf(sheet, heading) {
  const cell = sheet.match(new RegExp(`<c r="([A-Z]+)\\d+"[^>]*><is><t[^>]*>${heading}`));
  if (!cell) throw new Error(`no column «${heading}»`);
  return cell[1];
}

function unpack(archive) {
  const parts = [];
  let place = archive.readUInt32LE(archive.lastIndexOf("PK\x05\x06", undefined, "latin1") + 16);
  while (archive.readUInt32LE(place) === 0x02014b50) {
    const [method, packed] = [archive.readUInt16LE(place + 10), archive.readUInt32LE(place + 20)];
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => archive.readUInt16LE(place + offset));
    const head = archive.readUInt32LE(place + 42);
    const name = archive.toString("utf8", place + 46, place + 46 + nameLength);
    const from = head + 30 + archive.readUInt16LE(head + 26) + archive.readUInt16LE(head + 28);
    const content = archive.subarray(from, from + packed);
    parts.push({ name, content: method === 8 ? inflateRawSync(content) : Buffer.from(content) });
    place += 46 + nameLength + extra + comment;
  }
  return parts;
}

function pack(parts) {
  const pieces = [];
  const directory = [];
  let offset = 0;
  for (const { name, content } of parts) {
    const packed = deflateRawSync(content);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(0x0800, 2);
    facts.writeUInt16LE(8, 4);
    facts.writeUInt32LE(crc32(content), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(content.length, 18);
    facts.writeUInt16LE(Buffer.byteLength(name), 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), facts, Buffer.from(name), packed]);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00", "latin1"), facts, tail, Buffer.from(name)]));
    pieces.push(local);
    offset += local.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...pieces, list, end]);
}

function crc32(content) {
  let crc = ~0;
  for (const byte of content) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

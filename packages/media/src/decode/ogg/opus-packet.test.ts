import { expect, it } from 'vitest';
import { opusPacketFrames } from './opus-packet.ts';

const packet = (...bytes: number[]) => Uint8Array.from(bytes);

it('knows the length of every configuration', () => {
  const lengths = Array.from({ length: 32 }, (_, configuration) => opusPacketFrames(packet(configuration << 3, 1)));
  const speech = [480, 960, 1920, 2880];
  const music = [120, 240, 480, 960];
  expect(lengths).toEqual([
    ...speech,
    ...speech,
    ...speech,
    480,
    960,
    480,
    960,
    ...music,
    ...music,
    ...music,
    ...music,
  ]);
});

it('counts the frames of a packet and refuses what is malformed', () => {
  const toc = 31 << 3;
  expect(opusPacketFrames(packet())).toBe(0);
  expect(opusPacketFrames(packet(toc | 1, 5, 6))).toBe(1920);
  expect(opusPacketFrames(packet(toc | 1, 5))).toBe(0);
  expect(opusPacketFrames(packet(toc | 2, 1, 5, 6))).toBe(1920);
  expect(opusPacketFrames(packet(toc | 2, 9, 5))).toBe(0);
  expect(opusPacketFrames(packet(toc | 2, 253))).toBe(0);
  expect(opusPacketFrames(packet(toc | 3, 3, 1, 2, 3))).toBe(2880);
  expect(opusPacketFrames(packet(toc | 3, 3, 1, 2))).toBe(0);
  expect(opusPacketFrames(packet(toc | 3, 0))).toBe(0);
  expect(opusPacketFrames(packet(toc | 3, 7))).toBe(0);
  expect(opusPacketFrames(packet(toc | 3, 0x80 | 2, 1, 9, 8, 7))).toBe(1920);
  expect(opusPacketFrames(packet(toc | 3, 0x80 | 2, 200, 9))).toBe(0);
  expect(opusPacketFrames(packet(toc | 3, 0x40 | 1, 2, 5, 0, 0))).toBe(960);
  expect(opusPacketFrames(packet(toc | 3, 0x40 | 1, 255, 255))).toBe(0);
});

it('reads the packets of several streams, of which all but the last say how long they are', () => {
  const toc = 31 << 3;
  // A frame of two bytes, then one that takes the rest.
  expect(opusPacketFrames(packet(toc, 2, 8, 9, toc, 7, 7, 7), 2)).toBe(960);
  expect(opusPacketFrames(packet(toc, 9, 8, 9, toc, 7), 2)).toBe(0);
  // Two frames of one length, and two of different lengths, each before a stream of two frames.
  expect(opusPacketFrames(packet(toc | 1, 1, 8, 9, toc | 1, 7, 7), 2)).toBe(1920);
  expect(opusPacketFrames(packet(toc | 2, 1, 2, 8, 9, 9, toc | 1, 7, 7), 2)).toBe(1920);
  // Three frames with padding, of one length and of different ones.
  expect(opusPacketFrames(packet(toc | 3, 0x40 | 3, 1, 2, 4, 4, 4, 4, 4, 4, 0, toc | 3, 3, 7, 7, 7), 2)).toBe(2880);
  expect(opusPacketFrames(packet(toc | 3, 0x80 | 3, 1, 2, 0, 4, 5, 5, toc | 3, 3, 7, 7, 7), 2)).toBe(2880);
  // Streams must last equally long.
  expect(opusPacketFrames(packet(toc, 1, 8, toc | 1, 7, 7), 2)).toBe(0);
  // More bytes than one stream could have.
  const long = new Uint8Array(2 + 1000 + 1 + 1000);
  long.set([toc, 252, 187, ...new Uint8Array(1000), toc]);
  expect(opusPacketFrames(long, 2)).toBe(960);
  expect(opusPacketFrames(long, 1)).toBe(0);
});

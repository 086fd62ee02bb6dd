import { describe, expect, it } from 'vitest';
import { refusalOfElsewhere, type Whereabouts } from './asked-from.ts';
import { countedAddress, RequestRates } from './request-rates.ts';

const ALONE: Whereabouts = { port: 4533, loopback: true, publicOrigin: undefined };
const REACHED: Whereabouts = { ...ALONE, loopback: false };
const PROXIED: Whereabouts = { ...ALONE, publicOrigin: 'https://music.example' };

const isOwn = (headers: Record<string, string>, whereabouts: Whereabouts, method = 'GET', manyHosts = false) =>
  refusalOfElsewhere({ headers, method, manyHosts }, whereabouts) === undefined;

describe('a request is for this service', () => {
  it.each<[string, Whereabouts, boolean]>([
    ['localhost:4533', ALONE, true],
    ['LOCALHOST:4533', ALONE, true],
    ['[::1]:4533', ALONE, true],
    ['localhost', { ...ALONE, port: 80 }, true],
    ['localhost:80', { ...ALONE, port: 80 }, true],
    ['localhost', ALONE, false],
    ['192.168.1.5:4533', ALONE, false],
    ['192.168.1.5:4533', REACHED, true],
    ['[2001:db8::1]:4533', REACHED, true],
    ['192.168.1.5:80', REACHED, false],
    // Other ways of writing 127.0.0.1, and names that only look like one of ours.
    ['127.1:4533', ALONE, false],
    ['0x7f.1:4533', ALONE, false],
    ['localhost.music.example:4533', ALONE, false],
    ['user@localhost:4533', ALONE, false],
    ['localhost:4533/x', ALONE, false],
    ['music.example', REACHED, false],
    ['music.example', PROXIED, true],
    ['music.example:4533', PROXIED, false],
    ['music.example.evil.example', PROXIED, false],
    ['', ALONE, false],
  ])('by its name %s, at %o: %s', (host, whereabouts, own) => {
    expect(isOwn({ host }, whereabouts)).toBe(own);
  });

  it.each<[string, string, Whereabouts, boolean]>([
    ['http://localhost:4533', '127.0.0.1:4533', ALONE, true],
    ['https://localhost:4533', '127.0.0.1:4533', ALONE, false],
    ['http://192.168.1.5:4533', '192.168.1.5:4533', REACHED, true],
    // A page on another machine that has the same port.
    ['http://192.168.1.6:4533', '192.168.1.5:4533', REACHED, false],
    ['https://music.example', 'music.example', PROXIED, true],
    ['https://music.example', '127.0.0.1:4533', PROXIED, true],
    ['http://music.example.evil.example', 'music.example', PROXIED, false],
    ['null', '127.0.0.1:4533', ALONE, false],
    ['file://', '127.0.0.1:4533', ALONE, false],
  ])('of a page of %s, under the name %s, at %o: %s', (origin, host, whereabouts, own) => {
    expect(isOwn({ host, origin }, whereabouts, 'POST')).toBe(own);
  });

  it('unless it changes something for a page of somebody else, or has two names', () => {
    const host = '127.0.0.1:4533';
    expect(isOwn({ host, 'sec-fetch-site': 'cross-site' }, ALONE)).toBe(true);
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      expect(isOwn({ host, 'sec-fetch-site': 'cross-site' }, ALONE, method)).toBe(false);
      expect(isOwn({ host, 'sec-fetch-site': 'same-site' }, ALONE, method)).toBe(false);
      expect(isOwn({ host, 'sec-fetch-site': 'same-origin' }, ALONE, method)).toBe(true);
    }
    expect(isOwn({ host }, ALONE, 'GET', true)).toBe(false);
  });
});

describe('requests are counted', () => {
  it('by who makes them: so many at once, then as many as there is room for', () => {
    let now = 100;
    const rates = new RequestRates({ burst: 3, perSecond: 0.5 }, () => now);
    for (let i = 0; i < 3; i++) {
      expect(rates.wait('a')).toBe(0);
      rates.take('a');
    }
    expect(rates.wait('a')).toBe(2);
    expect(rates.wait('b')).toBe(0);
    now += 2;
    expect(rates.wait('a')).toBe(0);
    rates.take('a');
    expect(rates.wait('a')).toBe(2);
    // However long nobody asked, there is room for so many at once and no more.
    now += 1e6;
    for (let i = 0; i < 3; i++) rates.take('a');
    expect(rates.wait('a')).toBe(2);
    // Nobody is shut out for longer than it takes to fill again, however often they ask.
    for (let i = 0; i < 100; i++) rates.take('a');
    expect(rates.wait('a')).toBe(4);
  });

  it('forgets who may ask again as much as at first, and nobody else', () => {
    let now = 0;
    const rates = new RequestRates({ burst: 2, perSecond: 1 }, () => now);
    for (let i = 0; i < 9999; i++) rates.take(`${i}`);
    now = 3;
    rates.take('early');
    rates.take('late');
    rates.take('late');
    rates.take('late');
    expect(rates.wait('late')).toBeGreaterThan(0);
  });

  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['2001:db8:1:2::', '2001:db8:1:2'],
    ['::1', '0:0:0:0'],
    ['::ffff:192.0.2.7', '::ffff:192.0.2.7'],
  ])('%s counts as %s', (address, counted) => {
    expect(countedAddress(address)).toBe(counted);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concat, utf8Decode, utf8Encode } from '../base/bytes';
import {
  encodeChunk,
  encodeRequestHead,
  encodeResponseHead,
  headerOf,
  parseChunks,
  parseRequestHead,
  parseResponseHead,
  requestFraming,
  responseFraming,
} from './http';

const token = fc.stringMatching(/^[A-Za-z][A-Za-z-]{0,10}$/);
const value = fc.stringMatching(/^([!-~]([ -~]{0,20}[!-~])?)?$/);
const headers = fc.array(fc.tuple(token, value), { maxLength: 5 });

describe('heads', () => {
  test('a request decodes to itself', () => {
    const request = fc.record({
      method: token,
      target: fc.stringMatching(/^\/[!-~]{0,20}$/),
      version: fc.constantFrom('HTTP/1.0', 'HTTP/1.1'),
      headers,
    });
    fc.assert(
      fc.property(request, fc.uint8Array(), (head, body) => {
        const encoded = encodeRequestHead(head);
        const parsed = parseRequestHead(concat([encoded, body]));
        expect(parsed).toEqual({ ok: true, value: { head, length: encoded.length } });
      }),
    );
  });

  test('a response decodes to itself', () => {
    const response = fc.record({
      version: fc.constantFrom('HTTP/1.0', 'HTTP/1.1'),
      status: fc.integer({ min: 100, max: 599 }),
      reason: fc.stringMatching(/^[A-Za-z ]{0,12}$/),
      headers,
    });
    fc.assert(
      fc.property(response, (head) => {
        const encoded = encodeResponseHead(head);
        const parsed = parseResponseHead(encoded);
        expect(parsed).toEqual({ ok: true, value: { head, length: encoded.length } });
      }),
    );
  });

  test('every prefix asks for more', () => {
    const text = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
    for (let n = 0; n < text.length; n++) {
      expect(parseRequestHead(utf8Encode(text.slice(0, n)))).toMatchObject({
        ok: false,
        error: { kind: 'truncated' },
      });
    }
  });

  test('arbitrary bytes never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (noise) => {
        const ended = concat([noise, utf8Encode('\r\n\r\n')]);
        parseRequestHead(ended);
        parseResponseHead(ended);
        parseChunks(ended);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    { name: 'no version', text: 'GET /\r\n\r\n' },
    { name: 'a space in the target', text: 'GET /a b HTTP/1.1\r\n\r\n' },
    { name: 'a field without colon', text: 'GET / HTTP/1.1\r\nHost\r\n\r\n' },
    { name: 'a space before the colon', text: 'GET / HTTP/1.1\r\nHost : a\r\n\r\n' },
  ])('$name is refused', ({ text }) => {
    expect(parseRequestHead(utf8Encode(text))).toMatchObject({
      ok: false,
      error: { kind: 'malformed' },
    });
  });
});

describe('bodies', () => {
  const response = (status: number, list: readonly (readonly [string, string])[]) => ({
    version: 'HTTP/1.1',
    status,
    reason: '',
    headers: list,
  });

  test.each([
    {
      name: 'length',
      head: response(200, [['content-length', '5']]),
      want: { kind: 'length', bytes: 5 },
    },
    {
      name: 'chunked',
      head: response(200, [['Transfer-Encoding', 'chunked']]),
      want: { kind: 'chunked' },
    },
    { name: 'until close', head: response(200, []), want: { kind: 'close' } },
    { name: 'no content', head: response(204, []), want: { kind: 'length', bytes: 0 } },
  ])('$name', ({ head, want }) =>
    expect(responseFraming(head, 'GET')).toEqual({ ok: true, value: want }),
  );

  test('HEAD has none, a request without length neither', () => {
    const head = response(200, [['Content-Length', '5']]);
    expect(responseFraming(head, 'HEAD')).toEqual({
      ok: true,
      value: { kind: 'length', bytes: 0 },
    });
    expect(requestFraming([])).toEqual({ ok: true, value: { kind: 'length', bytes: 0 } });
    expect(headerOf(head.headers, 'CONTENT-LENGTH')).toBe('5');
  });

  test('chunks come together, in any slicing', () => {
    const parts = ['hello ', 'world', ''];
    const all = concat(parts.map((p) => encodeChunk(utf8Encode(p))));
    const parsed = parseChunks(all);
    expect(parsed).toMatchObject({ ok: true, value: { done: true, length: all.length } });
    if (parsed.ok) expect(utf8Decode(concat(parsed.value.data))).toBe('hello world');
    for (let n = 0; n < all.length; n++) {
      expect(parseChunks(all.subarray(0, n))).toMatchObject({ ok: true, value: { done: false } });
    }
  });
});

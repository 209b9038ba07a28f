/** Texts sent as a JSON body: what parsers, schemas and databases stumble over. */
export const BODIES: string[] = [
  ...[
    '',
    ' ',
    'null',
    'true',
    '0',
    '""',
    '"x"',
    '[]',
    '{}',
    '[{}]',
    '[null]',
    '[[[]]]',
    'undefined',
    'NaN',
    'Infinity',
  ],
  ...[
    '{',
    '[',
    '"',
    '{"a"',
    '{"a":}',
    '{"a":1,}',
    "{'a':1}",
    '{a:1}',
    '// x\n{}',
    '{}{}',
    '\uFEFF{}',
    '{}\0',
    '\0',
    '<a/>',
    'a=1&b=2',
  ],
  ...[
    '{"__proto__":{"polluted":true}}',
    '{"constructor":{"prototype":{"polluted":true}}}',
    '{"__proto__":null}',
    '{"\\u005f_proto__":{"polluted":true}}',
  ],
  ...[
    '{"prototype":{}}',
    '{"toString":1,"valueOf":1,"hasOwnProperty":1}',
    '{"length":1e9}',
    '{"then":"x"}',
    '{"toJSON":1}',
    '{"$where":"1"}',
    '{"":""}',
  ],
  ...[
    '{"a":1,"a":2}',
    '{"action":"acknowledge","action":"cancel"}',
    '{"kind":"report","kind":["report"]}',
    '{"\\u0000":1}',
    '{"a\\u0000":"b\\u0000"}',
  ],
  ...[
    '1e400',
    '-1e400',
    '{"n":1e400}',
    '{"n":-0}',
    '{"n":9007199254740993}',
    `{"n":${'9'.repeat(400)}}`,
    '{"n":0.1e-400}',
    '{"n":01}',
    '{"n":+1}',
    '{"n":.5}',
  ],
  ...[
    '"\\ud800"',
    '{"a":"\\udfff"}',
    '{"a":"\\ud800\\ud800"}',
    '{"\\ud800":1}',
    '"\\u202e"',
    '"\\x41"',
    '"\t"',
    '"\\uZZZZ"',
  ],
  ...[
    `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
    `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`,
    '['.repeat(100_000),
  ],
  ...[
    `{${Array.from({ length: 20_000 }, (_v, i) => `"k${i}":${i}`).join()}}`,
    `[${'{},'.repeat(20_000)}{}]`,
    `"${'病'.repeat(200_000)}"`,
  ],
]

/** Values in place of a good one. */
export const VALUES: unknown[] = [
  ...[
    null,
    true,
    false,
    0,
    -1,
    1.5,
    1e15,
    2 ** 53,
    1e308,
    -1e308,
    [],
    {},
    [null],
    [[]],
    { length: 1 },
    ['x', 'x'],
  ],
  ...[
    '',
    ' ',
    '\0',
    'a\0b',
    '\ud800',
    'a\udfffb',
    '\u202e',
    '\uFEFF',
    '\n',
    '%',
    '%s',
    '_',
    '\\',
    "'",
    "'; drop table people; --",
    '"',
    '{}',
    '[]',
    'null',
    '${1}',
    '{{1}}',
  ],
  ...[
    '2022-02-30',
    '0000-00-00',
    '9999-12-31',
    '+275760-09-13',
    '2022-06-06T00:00:00Z',
    '-1',
    '1e3',
    '0x10',
    '٣',
    '9'.repeat(400),
    'x'.repeat(10_000),
    '病'.repeat(5_000),
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    '../../etc/passwd',
    '<script>alert(1)</script>',
    '=1+1',
    'sn',
    'sn.ak.zy',
    'sn.%',
    '😀'.repeat(300),
    'e\u0301'.repeat(300),
  ],
]

/** A third of the values for each place, another third for the next: every value, every place, in a third of the time. */
export function third<T>(values: readonly T[], place: number): T[] {
  return values.filter((_value, i) => (i + place) % 3 === 0)
}

/** The body with one place after another taken by values, and with fields nobody asked for. */
export function* spoilt(body: unknown): Generator<unknown> {
  for (const [place, path] of pathsOf(body).entries())
    for (const value of third(VALUES, place)) yield replaced(body, path, value)
  if (body && typeof body === 'object' && !Array.isArray(body)) {
    for (const name of ['constructor', 'toString', 'id', '', '\0', 'x'.repeat(2_000)])
      yield { ...body, [name]: 1 }
    for (const name of Object.keys(body)) yield without(body as Record<string, unknown>, name)
  }
}

function pathsOf(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (Array.isArray(value)) return [path, ...value.flatMap((v, i) => pathsOf(v, [...path, i]))]
  if (value === null || typeof value !== 'object') return [path]
  return [path, ...Object.entries(value).flatMap(([name, v]) => pathsOf(v, [...path, name]))]
}

function replaced(body: unknown, [first, ...rest]: (string | number)[], value: unknown): unknown {
  if (first === undefined) return value
  if (Array.isArray(body)) return body.map((v, i): unknown => (i === first ? replaced(v, rest, value) : v))
  const object = body as Record<string, unknown>
  return { ...object, [first]: replaced(object[first], rest, value) }
}

function without(body: Record<string, unknown>, name: string): unknown {
  return Object.fromEntries(Object.entries(body).filter(([own]) => own !== name))
}

/** Pieces of an address, in place of an id or as the value of a question; percent-encoded where they have to be. */
export const PIECES: string[] = [
  ...[
    '%00',
    'a%00b',
    '%ff',
    '%c0%80',
    '%ed%a0%80',
    '%',
    '%zz',
    '%25',
    '%2e%2e%2f',
    '..%5c',
    '%0d%0aSet-Cookie:%20a=b',
    '%E2%80%AE',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'null',
    'undefined',
    'NaN',
    '-1',
    '0',
    '1e9',
    '99999999999999999999',
    '0x1',
    '1.5',
    'true',
    '[]',
    '{}',
  ],
  ...[
    "'",
    "'%20or%201=1--",
    '%27%3B',
    '*',
    '%25%25',
    '_',
    '\\',
    '%5C',
    'x'.repeat(150),
    'x'.repeat(3_000),
    '病'.repeat(40),
    '%F0%9F%98%80',
    '2022-02-30',
    '0000-01-01',
    '9999-12-31',
  ],
].map((text) => encodeURI(text).replace(/%25/g, '%'))

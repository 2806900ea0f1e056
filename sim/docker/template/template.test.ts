import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Template } from './execute';
import { type GoValue, goMap, NIL_SLICE, struct, toRaw } from './value';

const DATA = struct('types.Thing', {
  'ID:Id': '42ab',
  Name: 'web1',
  Ports: goMap([
    ['80/tcp', [struct('nat.PortBinding', { HostPort: '8080' })]],
    ['443/tcp', NIL_SLICE],
  ]),
  Aliases: ['www', 'web'],
  None: NIL_SLICE,
  Up: true,
  Count: 3,
});

const run = (source: string, data: GoValue = DATA, missingKeyIsError = false): string => {
  const template = Template.parse(source);
  if (!template.ok) return template.error;
  const done = template.value.execute(data, { missingKeyIsError });
  return done.error ?? done.text;
};

describe('Go templates', () => {
  test.each([
    ['{{.Name}} {{.Up}}', 'web1 true'],
    ['{{json .Aliases}} {{.Aliases}} {{.None}}', '["www","web"] [www web] []'],
    ['{{range $k, $v := .Ports}}{{$k}}={{len $v}};{{end}}', '443/tcp=0;80/tcp=1;'],
    ['{{(index (index .Ports "80/tcp") 0).HostPort}}', '8080'],
    ['{{if eq .Name "web1"}}yes{{else}}no{{end}}', 'yes'],
    ['{{with .None}}some{{else}}none{{end}}', 'none'],
    [
      '{{join .Aliases ","}} {{upper .Name}} {{.Name | printf "%5s|%-6s|" "x"}}',
      'www,web WEB1     x|web1  |',
    ],
    ['{{range .Aliases}}{{if eq . "web"}}{{break}}{{end}}{{.}}{{end}}', 'www'],
    ['a {{- /* gone */ -}} b', 'ab'],
    ['{{$x := 1}}{{range .Aliases}}{{$x = 2}}{{end}}{{$x}}', '2'],
    ['{{println .Count}}', '3\n'],
  ])('%s', (source, want) => {
    expect(run(source)).toBe(want);
  });

  test.each([
    ['{{.Foo', 'template: :1: unclosed action'],
    ['{{nofunc .Name}}', 'template: :1: function "nofunc" not defined'],
    [
      '{{.Name.Foo}}',
      'template: :1:7: executing "" at <.Name.Foo>: can\'t evaluate field Foo in type interface {}',
    ],
    ['{{.Nope}}', 'template: :1:2: executing "" at <.Nope>: map has no entry for key "Nope"'],
    [
      '{{index (index .Ports "90/tcp") 0}}',
      'template: :1:2: executing "" at <index (index .Ports "90/tcp") 0>: error calling index: index of untyped nil',
    ],
  ])('%s fails as in the client', (source, want) => {
    const raw = toRaw(DATA);
    const withNil = source.includes('90/tcp')
      ? goMap([['Ports', goMap([['90/tcp', toRaw(NIL_SLICE)]])]])
      : raw;
    expect(run(source, withNil, true)).toBe(want);
  });

  test('any text gives output or an error', () => {
    const piece = fc.constantFrom(
      '{{',
      '}}',
      '.Name',
      ' ',
      'range',
      'if',
      'end',
      'else',
      '(',
      ')',
      '|',
      '"a"',
      '$x',
      ':=',
      'index',
      '1',
      '-',
      ',',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 20 }).map((all) => all.join('')),
        ),
        (source) => {
          expect(typeof run(source)).toBe('string');
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** jq 1.8's messages in the words of 1.6, which Debian 12 has. */
export function errorsOf16(stderr: string, filter: string, input: string): string {
  const compile =
    /^jq: error: ([\s\S]*?)(?: at <top-level>, line \d+, column (\d+):\n[\s\S]*?)?\njq: (\d+) compile errors?$/.exec(
      stderr,
    );
  if (compile)
    return compileError(compile[1] ?? '', filter, [Number(compile[2] ?? 1), Number(compile[3])]);
  const lines = stderr.split('\n').map((line) => oneLine(line, input));
  const text = lines.join('\n');
  return text.endsWith('\n') || text === '' ? text : `${text}\n`;
}

function compileError(
  what: string,
  filter: string,
  [column, count]: readonly [number, number],
): string {
  const old = /^syntax error, unexpected end of file/.test(what)
    ? 'syntax error, unexpected $end (Unix shell quoting issues?)'
    : /^syntax error/.test(what)
      ? `${what} (Unix shell quoting issues?)`
      : what;
  const spaces = ' '.repeat(Math.max(0, column - 1));
  return `jq: error: ${old} at <top-level>, line 1:\n${filter}${filter === '' ? '' : spaces}\njq: ${count} compile error${count === 1 ? '' : 's'}\n`;
}

function oneLine(line: string, input: string): string {
  const parse = /^jq: parse error: (.*)$/.exec(line);
  if (parse) return `parse error: ${atLine16(parse[1] ?? '', input)}`;
  const found = /^jq: error \(at (?:<stdin>|\/dev\/stdin):(\d+)\)( \(not a string\))?: (.*)$/.exec(
    line,
  );
  if (found) return `jq: error (at <stdin>:${found[1]})${found[2] ?? ''}: ${found[3]}`;
  return line;
}

/** 1.6 reads the newline after a bare word before it complains: the place is one line on. */
function atLine16(text: string, input: string): string {
  const eof = /^(.*?)( at EOF)? at line (\d+), column (\d+)$/.exec(text);
  if (!eof?.[2] || !input.endsWith('\n')) return text;
  const lines = input.split('\n').length;
  const end = /^Unfinished/.test(eof[1] ?? '') ? ' at EOF' : '';
  return `${eof[1]}${end} at line ${lines}, column 0`;
}

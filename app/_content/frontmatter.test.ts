import { expect, test } from 'vitest';
import { checkYaml, splitFrontmatter } from './frontmatter';
import { lessonFrontmatter } from './lesson-schema';

const good = 'title: Veth\nsummary: A cable.\nminutes: 8\nskills: [linux.veth]';
const check = (yaml: string) =>
  checkYaml(lessonFrontmatter, { file: 'lesson.en.mdx', yaml, linesBefore: 1 });

test('splits frontmatter from the text', () => {
  expect(splitFrontmatter('---\ntitle: a\n---\n# b\n')).toEqual({
    yaml: 'title: a',
    body: '# b\n',
  });
  expect(splitFrontmatter('# b')).toEqual({ yaml: '', body: '# b' });
});

test('a whole frontmatter passes', () => {
  expect(check(good)).toMatchObject({ ok: true, value: { minutes: 8, sources: [] } });
});

test.each([
  { name: 'a wrong type', yaml: good.replace('8', 'eight'), line: 4, field: 'minutes' },
  {
    name: 'an item of a list',
    yaml: good.replace('linux.veth', 'Linux Veth'),
    line: 5,
    field: 'skills.0',
  },
  { name: 'a missing field', yaml: good.replace('minutes: 8\n', ''), line: 2, field: 'minutes' },
  { name: 'yaml that does not parse', yaml: 'title: [a\nsummary: b', line: 3, field: null },
])('$name is named with its line', ({ yaml, line, field }) => {
  const result = check(yaml);
  expect(result.ok).toBe(false);
  if (!result.ok) expect(result.problems[0]).toMatchObject({ file: 'lesson.en.mdx', line, field });
});

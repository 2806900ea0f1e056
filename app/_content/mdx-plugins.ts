/** The parts of mdast and hast nodes that the plugins below read and write. */
interface TreeNode {
  type: string;
  name?: string | null;
  tagName?: string;
  value?: string;
  children?: TreeNode[];
  attributes?: readonly unknown[];
  properties?: Record<string, unknown>;
  position?: { readonly start: { readonly line: number } } | undefined;
}

/** What MDX of lessons and labs may use; anything else is an error with its line. */
export const MDX_COMPONENTS = [
  'Note',
  'Cmd',
  'Predict',
  'Recall',
  'LiveWorld',
  'Figure',
  'Task',
  'Var',
] as const;

export interface MdxProblem {
  readonly line: number | null;
  readonly message: string;
}

function walk(node: TreeNode, visit: (node: TreeNode) => void): void {
  visit(node);
  for (const child of node.children ?? []) walk(child, visit);
}

/** remark: tells of components that the site does not have, and of modules of any kind; takes them out. */
export const onlyKnownComponents = (found: (problem: MdxProblem) => void) => (tree: TreeNode) => {
  walk(tree, (node) => {
    const message = problemWith(node);
    if (message === null) return;
    found({ line: node.position?.start.line ?? null, message });
    node.type = 'paragraph';
    node.children = [];
  });
};

function problemWith(node: TreeNode): string | null {
  if (node.type === 'mdxjsEsm') return 'import and export are not allowed';
  if (node.type !== 'mdxJsxFlowElement' && node.type !== 'mdxJsxTextElement') return null;
  const name = node.name ?? '';
  if (name === '' || /^[a-z]/.test(name)) return null;
  if (MDX_COMPONENTS.some((known) => known === name)) return null;
  return `<${name}> is not a component of lessons or labs`;
}

const VARIABLE = /\$\{([^}]*)\}/;

const variable = (expression: string): TreeNode => ({
  type: 'mdxJsxTextElement',
  name: 'Var',
  attributes: [{ type: 'mdxJsxAttribute', name: 'name', value: expression.trim() }],
  children: [],
});

/**
 * remark: in a lab's text `${subnet.host(2)}` stands for a value drawn by the seed. In prose MDX has parsed
 * the braces as an expression already: `$` before it marks a variable.
 */
export const variablesInProse = () => (tree: TreeNode) => {
  walk(tree, (node) => {
    const children = node.children;
    if (!children) return;
    children.forEach((child, index) => {
      const before = children[index - 1];
      if (child.type !== 'mdxTextExpression' || !before?.value?.endsWith('$')) return;
      before.value = before.value.slice(0, -1);
      children[index] = variable(child.value ?? '');
    });
  });
};

/** rehype: the same inside code, where braces are plain text. */
export const variablesInCode = () => (tree: TreeNode) => {
  walk(tree, (node) => {
    if (!node.children) return;
    node.children = node.children.flatMap((child) =>
      child.type === 'text' && VARIABLE.test(child.value ?? '') ? splitText(child) : [child],
    );
  });
};

function splitText(node: TreeNode): TreeNode[] {
  const parts = (node.value ?? '').split(/(\$\{[^}]*\})/).filter((part) => part !== '');
  return parts.map((part) => {
    const match = VARIABLE.exec(part);
    return match ? variable(match[1] ?? '') : { type: 'text', value: part };
  });
}

const textOf = (node: TreeNode): string => node.value ?? (node.children ?? []).map(textOf).join('');

export const slugOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[`*_]/g, '')
    .replace(/[^\p{Letter}\p{Number}]+/gu, '-')
    .replace(/^-|-$/g, '');

/** rehype: headings get ids, so that the outline can lead to them. */
export const headingIds = () => (tree: TreeNode) => {
  walk(tree, (node) => {
    if (node.tagName !== 'h2' && node.tagName !== 'h3') return;
    node.properties = { ...node.properties, id: slugOf(textOf(node)) };
  });
};

export type OutlineEntry = {
  readonly id: string;
  readonly text: string;
};

/** The second-level headings of a text. */
export function outlineOf(body: string): readonly OutlineEntry[] {
  const prose = body.replace(/^```[\s\S]*?^```/gm, '');
  return [...prose.matchAll(/^## +(.+)$/gm)].map((match) => {
    const text = (match[1] ?? '').replace(/[`*]/g, '').trim();
    return { id: slugOf(text), text };
  });
}

/** The words of a text without its markup, for the search. */
export const plainTextOf = (body: string): string =>
  body
    .replace(/^```.*$/gm, ' ')
    .replace(/<\/?[A-Za-z][^>]*>/g, ' ')
    .replace(/[{}`*#>|[\]()]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

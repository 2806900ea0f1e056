import type {
  AndOr, Case, CommandNode, CompoundList, For, Function as FunctionNode, If, Pipeline, PipelineNode, Redirected,
  Redirection, Select, Statement, While,
} from 'unbash'; // biome-ignore format: imports

/** Commands laid out as print_cmd.c does: four columns a level, one command a line. */
class Printer {
  constructor(readonly source: string) {}

  text(node: { readonly pos: number; readonly end: number }): string {
    return this.source.slice(node.pos, node.end);
  }

  list(list: CompoundList, level: number): string {
    return this.statements(list.commands, level);
  }

  statements(statements: readonly Statement[], level: number): string {
    const pad = ' '.repeat(level * 4);
    let text = '';
    let afterBackground = false;
    statements.forEach((statement, i) => {
      const last = i === statements.length - 1;
      const lead = i === 0 || !afterBackground ? pad : ' ';
      const end = statement.background ? ' &' : last ? '' : ';\n';
      text += lead + this.andOr(statement.command, level) + end;
      afterBackground = statement.background === true;
    });
    return text;
  }

  andOr(node: PipelineNode | AndOr, level: number): string {
    if (node.type !== 'AndOr') return this.pipelineNode(node, level);
    return node.commands
      .map((command, i) => {
        const operator = i > 0 ? ` ${node.operators[i - 1]} ` : '';
        return operator + this.pipelineNode(command, level);
      })
      .join('');
  }

  pipelineNode(node: PipelineNode, level: number): string {
    return node.type === 'Pipeline' ? this.pipeline(node, level) : this.command(node, level);
  }

  pipeline(node: Pipeline, level: number): string {
    const lead = node.prefixes.map((one) => (one.type === 'Negation' ? '! ' : 'time ')).join('');
    const parts = node.commands.map((command, i) => {
      const both = node.operators[i] === '|&' ? ' 2>&1' : '';
      return this.command(command, level) + both;
    });
    return lead + parts.join(' | ');
  }

  command(node: CommandNode, level: number): string {
    const pad = ' '.repeat(level * 4);
    switch (node.type) {
      case 'Command':
        return this.simple(node);
      case 'Redirected':
        return this.redirected(node, level);
      case 'BraceGroup':
        return `{ \n${this.list(node.body, level + 1)}\n${pad}}`;
      case 'Subshell':
        return `( ${this.list(node.body, level).trimStart()} )`;
      case 'If':
        return this.ifClause(node, level);
      case 'While':
        return this.whileClause(node, level);
      case 'For':
      case 'Select':
        return this.forClause(node, level);
      case 'ArithmeticFor': {
        const head = this.source.slice(node.pos, node.body.pos);
        const inner = head.slice(head.indexOf('((') + 2, head.lastIndexOf('))'));
        const parts = inner.split(';').map((part) => part.trim());
        return `for ((${parts.join('; ')}))\n${pad}do\n${this.list(node.body, level + 1)};\n${pad}done`;
      }
      case 'Case':
        return this.caseClause(node, level);
      case 'ArithmeticCommand':
        return `((${node.body}))`;
      case 'Function':
        return this.functionNode(node, level);
      default:
        return this.text(node);
    }
  }

  simple(node: Extract<CommandNode, { type: 'Command' }>): string {
    const words = [...node.prefix, ...(node.name ? [node.name] : []), ...node.suffix];
    const plain = words.filter((one) => !isRedirect(one));
    const redirects = words.filter(isRedirect).map((one) => this.redirect(one));
    return [...plain.map((one) => this.text(one)), ...redirects].join(' ');
  }

  redirect(node: Redirection): string {
    const { descriptor } = node;
    const fd = !descriptor
      ? ''
      : descriptor.type === 'FileDescriptor'
        ? String(descriptor.value)
        : `{${descriptor.name}}`;
    if (node.type === 'HereDoc') {
      return `${fd}${node.operator}${node.delimiter?.text ?? ''}\n${node.body.text}${node.delimiter?.value ?? ''}\n`;
    }
    const target = node.target ? this.text(node.target) : '';
    const duplicates = node.operator === '>&' || node.operator === '<&';
    const standard = duplicates && fd === '' ? (node.operator === '<&' ? '0' : '1') : fd;
    return duplicates ? `${standard}${node.operator}${target}` : `${fd}${node.operator} ${target}`;
  }

  redirected(node: Redirected, level: number): string {
    const redirects = node.redirects.map((one) => this.redirect(one)).join(' ');
    return `${this.command(node.command, level)} ${redirects}`;
  }

  ifClause(node: If, level: number): string {
    const pad = ' '.repeat(level * 4);
    let text = `if ${this.inline(node.clause, level)}; then\n${this.list(node.then, level + 1)};\n`;
    let depth = 0;
    for (const branch of node.elif) {
      const inner = ' '.repeat((level + depth) * 4);
      depth++;
      const deep = ' '.repeat((level + depth) * 4);
      text += `${inner}else\n${deep}if ${this.inline(branch.clause, level + depth)}; then\n`;
      text += `${this.list(branch.then, level + depth + 1)};\n`;
    }
    if (node.else) {
      text += `${' '.repeat((level + depth) * 4)}else\n${this.list(node.else, level + depth + 1)};\n`;
    }
    for (; depth > 0; depth--) text += `${' '.repeat((level + depth) * 4)}fi;\n`;
    return `${text}${pad}fi`;
  }

  inline(list: CompoundList, level: number): string {
    return this.list(list, level).trimStart();
  }

  whileClause(node: While, level: number): string {
    const pad = ' '.repeat(level * 4);
    const body = this.list(node.body, level + 1);
    return `${node.kind} ${this.inline(node.clause, level)}; do\n${body};\n${pad}done`;
  }

  forClause(node: For | Select, level: number): string {
    const pad = ' '.repeat(level * 4);
    const words = node.wordlist ? node.wordlist.map((one) => this.text(one)).join(' ') : '"$@"';
    const word = node.type === 'For' ? 'for' : 'select';
    const body = this.list(node.body, level + 1);
    return `${word} ${node.name.text} in ${words};\n${pad}do\n${body};\n${pad}done`;
  }

  caseClause(node: Case, level: number): string {
    const pad = ' '.repeat((level + 1) * 4);
    const items = node.items.map((item) => {
      const patterns = item.pattern.map((one) => this.text(one)).join(' | ');
      const body = item.body.commands.length > 0 ? `${this.list(item.body, level + 2)}\n` : '\n';
      return `${pad}${patterns})\n${body}${pad}${item.terminator ?? ';;'}\n`;
    });
    return `case ${this.text(node.word)} in \n${items.join('')}${' '.repeat(level * 4)}esac`;
  }

  functionNode(node: FunctionNode, level: number): string {
    return `function ${node.name.text} () \n${' '.repeat(level * 4)}${this.body(node.body, level)}`;
  }

  body(node: FunctionNode['body'], level: number): string {
    const pad = ' '.repeat(level * 4);
    if (node.type === 'CompoundList') return `{ \n${this.list(node, level + 1)}\n${pad}}`;
    if (
      node.type === 'BraceGroup' ||
      (node.type === 'Redirected' && node.command.type === 'BraceGroup')
    ) {
      return this.command(node, level);
    }
    return `{ \n${' '.repeat((level + 1) * 4)}${this.command(node, level + 1)}\n${pad}}`;
  }
}

const isRedirect = <T extends { readonly type: string }>(
  node: T,
): node is Extract<T, Redirection> =>
  node.type === 'Redirect' || node.type === 'HereDoc' || node.type === 'HereString';

/** The braces and what stands in them. */
export const printBody = (node: FunctionNode['body'], source: string): string =>
  new Printer(source).body(node, 0);

/** A simple command on one line, its redirections last. */
export const printSimple = (
  node: Extract<CommandNode, { type: 'Command' }>,
  source: string,
): string => new Printer(source).simple(node);

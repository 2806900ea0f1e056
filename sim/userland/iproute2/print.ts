import { cFormat, type FormatValue } from './c-format';

/** How one run of a tool prints: -j, -p and -o. */
export interface PrintStyle {
  readonly json: boolean;
  readonly pretty: boolean;
  readonly oneline: boolean;
  /** -color; never together with JSON (check_enable_color, lib/color.c). */
  readonly color?: boolean;
}

/** enum color_attr of lib/color.c in the palette for a light background. */
const COLORS = {
  ifname: '\x1b[36m',
  mac: '\x1b[33m',
  inet: '\x1b[35m',
  inet6: '\x1b[34m',
  up: '\x1b[32m',
  down: '\x1b[31m',
} as const;
const CLEAR = '\x1b[0m';

export type Color = keyof typeof COLORS | 'none';

/** ifa_family_color(). */
export const familyColor = (ip: number | bigint): Color =>
  typeof ip === 'number' ? 'inet' : 'inet6';

/**
 * lib/json_print.c and lib/json_writer.c: one call prints a field as text or as JSON, so both
 * come out of the same code. Without `json` every key is ignored; with it every format is.
 */
export class Printer {
  #depth = 0;
  #separator = '';
  #open = false;

  constructor(
    readonly style: PrintStyle,
    readonly put: (text: string) => void,
  ) {}

  /** is_json_context(). */
  get json(): boolean {
    return this.#open;
  }

  /** new_json_obj(): from here on the fields become JSON, when -j was given. */
  newJson(): void {
    if (!this.style.json) return;
    this.#open = true;
    this.#startArray();
  }

  /** delete_json_obj(). */
  deleteJson(): void {
    if (!this.#open) return;
    this.#endArray();
    this.put('\n');
    this.#open = false;
    this.#separator = '';
  }

  /** new_json_obj_plain() and delete_json_obj_plain(): without the outer array. */
  newJsonPlain(): void {
    this.#open = this.style.json;
  }

  deleteJsonPlain(): void {
    if (this.#open) this.put('\n');
    this.#open = false;
    this.#separator = '';
  }

  /** print_string, print_uint … with PRINT_ANY. */
  any(key: string | undefined, format: string, value: FormatValue): void {
    if (this.#open) this.field(key, value);
    else this.put(cFormat(format, value));
  }

  /** print_color_string() with PRINT_ANY: the whole of the format is in colour. */
  color(color: Color, key: string | undefined, format: string, value: FormatValue): void {
    if (this.#open) this.field(key, value);
    else if (!this.style.color || this.style.json || color === 'none') {
      this.put(cFormat(format, value));
    } else this.put(`${COLORS[color]}${cFormat(format, value)}${CLEAR}`);
  }

  /** PRINT_JSON only. */
  field(key: string | undefined, value: FormatValue | boolean | null): void {
    if (!this.#open) return;
    if (key !== undefined) this.#name(key);
    this.#endOfRecord();
    this.put(typeof value === 'string' ? quote(value) : String(value));
  }

  /** jsonw_printf(): a number written as given, `0.00` say. */
  rawField(key: string, text: string): void {
    if (!this.#open) return;
    this.#name(key);
    this.#endOfRecord();
    this.put(text);
  }

  /** PRINT_FP only. */
  fp(format: string, ...values: readonly FormatValue[]): void {
    if (!this.#open) this.put(cFormat(format, ...values));
  }

  /** print_bool with PRINT_ANY: the text is the format, with %s as true or false. */
  bool(key: string | undefined, format: string, value: boolean): void {
    if (this.#open) this.field(key, value);
    else this.put(cFormat(format, value ? 'true' : 'false'));
  }

  /** print_on_off(). */
  onOff(key: string, format: string, value: boolean): void {
    if (this.#open) this.field(key, value);
    else this.put(cFormat(format, value ? 'on' : 'off'));
  }

  /** print_null(): JSON null; the text is `value` in the format. */
  nil(key: string | undefined, format: string, value = ''): void {
    if (this.#open) this.field(key, null);
    else this.put(cFormat(format, value));
  }

  /** print_hex(): in JSON a string of hexadecimal digits. */
  hex(key: string | undefined, format: string, value: number): void {
    this.any(key, this.#open ? '' : format, this.#open ? value.toString(16) : value);
  }

  /** print_0xhex(): in JSON a string with 0x. */
  hex0x(key: string, format: string, value: number): void {
    this.any(key, format, this.#open ? cFormat('%#x', value) : value);
  }

  /** print_nl(): a new line, or the backslash of -o. */
  nl(): void {
    if (!this.#open) this.put(this.separator);
  }

  /** _SL_. */
  get separator(): string {
    return this.style.oneline ? '\\' : '\n';
  }

  openObject(key?: string): void {
    if (!this.#open) return;
    if (key !== undefined) this.#name(key);
    this.#begin('{');
  }

  closeObject(): void {
    if (this.#open) this.#end('}');
  }

  /** open_json_array(): a key in JSON, a delimiter in text. */
  openArray(key: string | undefined, text = ''): void {
    if (!this.#open) {
      this.put(text);
      return;
    }
    if (key !== undefined) this.#name(key);
    this.#startArray();
  }

  closeArray(text = ''): void {
    if (this.#open) this.#endArray();
    else this.put(text);
  }

  #startArray(): void {
    this.#begin('[');
    if (this.style.pretty) this.put(' ');
  }

  #endArray(): void {
    if (this.style.pretty && this.#separator !== '') this.put(' ');
    this.#separator = '';
    this.#end(']');
  }

  #begin(bracket: string): void {
    this.#endOfRecord();
    this.put(bracket);
    this.#depth++;
    this.#separator = '';
  }

  #end(bracket: string): void {
    this.#depth--;
    if (this.#separator !== '') this.#endOfLine();
    this.put(bracket);
    this.#separator = ',';
  }

  #name(key: string): void {
    this.#endOfRecord();
    this.#endOfLine();
    this.#separator = '';
    this.put(`${quote(key)}:${this.style.pretty ? ' ' : ''}`);
  }

  #endOfRecord(): void {
    if (this.#separator !== '') this.put(this.#separator);
    this.#separator = ',';
  }

  #endOfLine(): void {
    if (this.style.pretty) this.put(`\n${'    '.repeat(this.#depth)}`);
  }
}

/** jsonw_puts(): C escapes, nothing else. */
const ESCAPES: Readonly<Record<string, string>> = {
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\f': '\\f',
  '\b': '\\b',
  '\\': '\\\\',
  '"': '\\"',
};
const quote = (text: string): string =>
  `"${text.replace(/[\t\n\r\f\b\\"]/g, (c) => ESCAPES[c] ?? c)}"`;

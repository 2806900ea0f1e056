/** What a command of brctl prints and ends with. */
export interface Answer {
  readonly out?: string;
  readonly error?: string;
  readonly code: number;
}

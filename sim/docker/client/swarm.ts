import type { Command } from './command';

export const swarmCommands: ReadonlyMap<string, Command> = new Map();
export const nodeCommands: ReadonlyMap<string, Command> = new Map();

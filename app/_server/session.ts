import 'server-only';
import { headers } from 'next/headers';
import { z } from 'zod';
import { auth } from './auth';

const roleSchema = z.enum(['learner', 'instructor', 'admin']);
export type Role = z.infer<typeof roleSchema>;

/** Who is asking. */
export interface Viewer {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
}

export async function viewerOf(requestHeaders: Headers): Promise<Viewer | null> {
  const session = await auth.api.getSession({ headers: requestHeaders });
  if (!session) return null;
  const { id, name, email, role } = session.user;
  return { id, name, email, role: roleSchema.catch('learner').parse(role) };
}

/** The viewer of the page that is being rendered; null for a guest. */
export const currentViewer = async (): Promise<Viewer | null> => viewerOf(await headers());

export const mayTeach = (viewer: Viewer): boolean => viewer.role !== 'learner';

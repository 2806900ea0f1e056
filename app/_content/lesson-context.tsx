'use client';

import { createContext, type ReactNode, useContext } from 'react';

interface LessonContext {
  /** `02-namespaces/01-veth` */
  readonly lesson: string;
  /** Slug of the lab where commands of the text can be run. */
  readonly lab: string | null;
}

const Context = createContext<LessonContext>({ lesson: '', lab: null });

export const useLesson = () => useContext(Context);

interface Props extends LessonContext {
  readonly children: ReactNode;
}

/** Tells the components of a text which lesson they stand in. */
export const LessonProvider = ({ lesson, lab, children }: Props) => (
  <Context.Provider value={{ lesson, lab }}>{children}</Context.Provider>
);

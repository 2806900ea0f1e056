'use client';

import type { ReactNode } from 'react';
import { Link, usePathname } from '@/app/_i18n/navigation';

interface Props {
  readonly href: string;
  /** Other paths that belong to the same entry. */
  readonly alsoFor?: readonly string[];
  readonly children: ReactNode;
}

export function NavLink({ href, alsoFor = [], children }: Props) {
  const pathname = usePathname();
  const isHere = pathname === href || alsoFor.some((prefix) => pathname.startsWith(`${prefix}/`));
  return (
    <Link
      href={href}
      aria-current={isHere ? 'page' : undefined}
      className={`rounded px-2 py-1.5 text-sm hover:bg-raised hover:text-text ${isHere ? 'font-medium text-text' : 'text-quiet'}`}
    >
      {children}
    </Link>
  );
}

import { notFound } from 'next/navigation';

/** Addresses that no page has: shown inside the site's frame, in the language of the address. */
export default function UnknownPage() {
  notFound();
}

import { hasLocale } from 'next-intl';
import { getRequestConfig } from 'next-intl/server';
import { type Locale, routing } from './routing';

/** One file an area of the site and language; the whole-site file holds what belongs to no area. */
async function messagesOf(locale: Locale) {
  const [site, shell, course, lesson, lab, packets] = await Promise.all([
    import(`./messages/${locale}.json`),
    import(`./messages/${locale}/shell.json`),
    import(`./messages/${locale}/course.json`),
    import(`./messages/${locale}/lesson.json`),
    import(`./messages/${locale}/lab.json`),
    import(`./messages/${locale}/packets.json`),
  ]);
  return {
    ...site.default,
    shell: shell.default,
    course: course.default,
    lesson: lesson.default,
    lab: lab.default,
    packets: packets.default,
  };
}

export default getRequestConfig(async ({ requestLocale }) => {
  const requested = await requestLocale;
  const locale = hasLocale(routing.locales, requested) ? requested : routing.defaultLocale;
  return { locale, messages: await messagesOf(locale) };
});

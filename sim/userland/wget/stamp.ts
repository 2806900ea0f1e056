import { civilOf, clockTime, isoDate } from '../glibc/civil-date';

/** datetime_str(), wget's utils.c. */
export const stamp = (epochUs: number): string => {
  const civil = civilOf(epochUs);
  return `${isoDate(civil)} ${clockTime(civil)}`;
};

/** Whole years from a birth date to an event, both beginning with YYYY-MM-DD; 90 from 90 on. In plain sight, for answers. */
export const ageAt = (born: string, event: string): number => {
  const years = Number(event.slice(0, 4)) - Number(born.slice(0, 4));
  return Math.min(90, event.slice(5, 10) < born.slice(5, 10) ? years - 1 : years);
};

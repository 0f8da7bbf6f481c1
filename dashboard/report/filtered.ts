/**
 * An address with filters put on it besides its own. A dimension that the page filters by itself keeps its own values: whoever
 * put the page into a report chose them.
 */
export const withFilters = (address: string, where: Readonly<Record<string, readonly string[]>>): string => {
  const [path = '', search = ''] = address.split('?', 2);
  const query = new URLSearchParams(search);
  for (const [dimension, values] of Object.entries(where))
    if (!query.has(dimension)) for (const value of values) query.append(dimension, value);
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
};

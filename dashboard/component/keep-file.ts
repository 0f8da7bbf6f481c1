/** Hands a file to the reader's browser under this name. */
export const keepFile = (blob: Blob, name: string): void => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};

/** `Code accuracy, by month` → `code-accuracy-by-month`. */
export const fileStem = (title: string): string => title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

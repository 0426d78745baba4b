// Addresses of this very app, told from all others.

/** The route of an address of this app: "#/w/…"; undefined for any other address. */
export function ownHash(href: string): string | undefined {
  const start = `${window.location.origin}/#/`;
  return href.startsWith(start) ? href.slice(start.length - 2) : undefined;
}

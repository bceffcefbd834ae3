const KEY = 'gossip-token';

/** The token that was entered in this tab; empty where none was. */
export function storedToken(): string {
  try {
    return sessionStorage.getItem(KEY) ?? '';
  } catch {
    return lastToken;
  }
}

/** Where the browser keeps nothing, a token lasts as long as the page. */
let lastToken = '';

/** Keeps a token until the tab is closed. */
export function keepToken(token: string): void {
  lastToken = token.trim();
  try {
    sessionStorage.setItem(KEY, lastToken);
  } catch {
    // As above.
  }
}

/** The headers of calls that start and cancel. */
export function tokenHeaders(): Record<string, string> {
  const token = storedToken();
  // Others cannot stand in a header.
  return /^[\x21-\x7e]+$/.test(token) ? { 'gossip-token': token } : {};
}

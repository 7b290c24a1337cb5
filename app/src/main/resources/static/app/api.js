/** The REST API. Who is signed in stands in a cookie that no script can read; the server looks at it. */
export class ApiError extends Error {
  constructor(problem, status) {
    super(problem?.detail ?? 'The server cannot be reached.');
    this.code = problem?.code ?? 'unreachable';
    this.status = status;
    this.fieldErrors = Array.isArray(problem?.errors) ? problem.errors : [];
  }
}

let renewal = null;

/** Whether whoever is signed in still is: their token may be renewed. Asked once for all that wait for it. */
export function renewed() {
  renewal ??= fetch('/api/auth/refresh', { method: 'POST' })
    .then(response => response.ok, () => false)
    .finally(() => { renewal = null; });
  return renewal;
}

function signedOut() {
  window.dispatchEvent(new Event('signed-out'));
}

export async function signOut() {
  await renewal; // Or a token on its way would come after the goodbye.
  await fetch('/api/auth/session', { method: 'DELETE' }).catch(() => {});
  window.dispatchEvent(new Event('left'));
  signedOut();
}

/** Signs a local user in. */
export async function signIn(username, password) {
  const response = await request('POST', '/api/auth/session', { username, password });
  if (!response.ok) throw await errorOf(response);
}

async function request(method, path, body) {
  try {
    return await fetch(path, {
      method,
      headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new ApiError(null, 0);
  }
}

async function errorOf(response) {
  return new ApiError(await response.json().catch(() => null), response.status);
}

/** Asks as whoever is signed in, once more after their token was renewed. */
async function ask(method, path, body) {
  let response = await request(method, path, body);
  if (response.status === 401 && await renewed()) response = await request(method, path, body);
  if (response.ok) return response;
  if (response.status === 401) signedOut();
  throw await errorOf(response);
}

export async function call(method, path, body) {
  const response = await ask(method, path, body);
  const text = await response.text().catch(() => { throw new ApiError(null, 0); }); // Cut off in its middle.
  return text ? JSON.parse(text) : null;
}

/** Who is signed in; null when nobody is. */
export async function whoIsThere() {
  const session = await call('GET', '/api/auth/session');
  return session.signed_in || (session.renewable && await renewed()) ? call('GET', '/api/me') : null;
}

/** Fetches a file and gives it to the person; answers with its name. */
export async function save(path) {
  const response = await ask('GET', path);
  const name = /filename="?([^";]+)/.exec(response.headers.get('Content-Disposition'))?.[1] ?? 'download';
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  return name;
}

/** Sends a form with a file; `onProgress` hears which share of it has gone out, 0 to 1. */
export function upload(path, form, onProgress) {
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    sending.open('POST', path);
    sending.responseType = 'json';
    sending.upload.onprogress = event => { if (event.lengthComputable) onProgress(event.loaded / event.total); };
    sending.onload = () => {
      if (sending.status < 300) resolve(sending.response);
      else reject(new ApiError(sending.response, sending.status));
    };
    sending.onerror = () => reject(new ApiError(null, 0));
    sending.send(form);
  });
}

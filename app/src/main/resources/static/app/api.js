/** The REST API, and who is signed in. The token lives as long as the browser tab. */
const KEY = 'colloquy-token';

export class ApiError extends Error {
  constructor(problem, status) {
    super(problem?.detail ?? 'The server cannot be reached.');
    this.code = problem?.code ?? 'unreachable';
    this.status = status;
    this.fieldErrors = problem?.errors ?? [];
  }
}

export const token = () => sessionStorage.getItem(KEY);

export function signOut() {
  sessionStorage.removeItem(KEY);
  window.dispatchEvent(new Event('signed-out'));
}

export async function signIn(username, password) {
  const answer = await call('POST', '/api/auth/token', { username, password });
  sessionStorage.setItem(KEY, answer.access_token);
}

export async function call(method, path, body) {
  const headers = {};
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (token()) headers.Authorization = `Bearer ${token()}`;
  let response;
  try {
    response = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch {
    throw new ApiError(null, 0);
  }
  const text = await response.text();
  const json = text ? JSON.parse(text) : null;
  if (response.ok) return json;
  if (response.status === 401 && token()) signOut();
  throw new ApiError(json, response.status);
}

/** Sends a form with a file; `onProgress` hears which share of it has gone out, 0 to 1. */
export function upload(path, form, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    if (token()) request.setRequestHeader('Authorization', `Bearer ${token()}`);
    request.responseType = 'json';
    request.upload.onprogress = event => { if (event.lengthComputable) onProgress(event.loaded / event.total); };
    request.onload = () => {
      if (request.status < 300) resolve(request.response);
      else reject(new ApiError(request.response, request.status));
    };
    request.onerror = () => reject(new ApiError(null, 0));
    request.send(form);
  });
}

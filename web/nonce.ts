/** The nonce that lets style elements of this page through its Content-Security-Policy; the server writes it into index.html. */
export const styleNonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';

// The scroll lock of modals writes a style element too, and looks for the nonce here.
Object.assign(window, { __webpack_nonce__: styleNonce });

// What one payment may hold, the same on every strategy.

/** Events of one payment, those that may still have to follow included. */
export const MAX_EVENTS = 1000;
/** Characters of event data of one payment: 512 KB of ASCII. */
export const MAX_EVENT_CHARACTERS = 512 * 1024;
/** Attempts to charge one payment. */
export const MAX_ATTEMPTS = 10;
/** Characters of a description. */
export const MAX_DESCRIPTION = 1000;
/** Characters of the reason for a cancellation, a refund, a settlement or a deletion. */
export const MAX_REASON = 500;
export const MAX_METADATA_KEYS = 50;
/** Characters of one metadata key. */
export const MAX_METADATA_KEY = 40;
/** Characters of one metadata value. */
export const MAX_METADATA_VALUE = 500;
/** Characters of a reference, a method of payment, or the id of a user, workflow or resource. */
export const MAX_REFERENCE = 255;
/** Resources that one payment may be for. */
export const MAX_RESOURCES = 50;
/** Characters of a customer's name, and of an email address. */
export const MAX_CUSTOMER_FIELD = 320;

// What one payment may hold, the same on every strategy.

/** Events of one payment, those still to come for what is open included. */
export const MAX_EVENTS = 1000;
/** Characters of event data of one payment (512 KB of ASCII). */
export const MAX_EVENT_CHARACTERS = 512 * 1024;
/** Attempts to charge one payment. */
export const MAX_ATTEMPTS = 10;
/** Characters of a description, a reason or a metadata value. */
export const MAX_DESCRIPTION = 1000;
export const MAX_REASON = 500;
export const MAX_METADATA_KEYS = 50;
export const MAX_METADATA_KEY = 40;
export const MAX_METADATA_VALUE = 500;
/** Characters of a reference, a user, workflow or resource id, or a method of payment. */
export const MAX_REFERENCE = 255;
export const MAX_RESOURCES = 50;
/** Characters of a customer's name and email address. */
export const MAX_CUSTOMER_FIELD = 320;

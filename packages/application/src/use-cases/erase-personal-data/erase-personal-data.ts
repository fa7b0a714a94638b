// Erase: makes the personal data of a payment's data subject unreadable, for ever.

import { z } from 'zod';
import { paymentId } from '../../messages/fields.ts';

export const erasePersonalDataSchema = z.strictObject({ type: z.literal('ErasePersonalData'), paymentId });

export type ErasePersonalDataMessage = z.output<typeof erasePersonalDataSchema>;

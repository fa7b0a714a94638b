// The storage behind the API, and what its maintenance reports.

import { maintenanceActions } from '@paystrata/application';
import { z } from 'zod';
import { component } from './components.ts';

const source = z.strictObject({ name: z.string(), healthy: z.boolean(), problem: z.string().nullable() });

export const storageSchema = component(
  'Storage',
  z.strictObject({
    strategy: z.string(),
    capabilities: z.record(z.string(), z.union([z.string(), z.boolean()])),
    healthy: z.boolean(),
    sources: z.array(source).readonly(),
    actions: z.array(z.enum(maintenanceActions)).readonly(),
    measurements: z
      .array(z.strictObject({ name: z.string(), value: z.number(), labels: z.record(z.string(), z.string()) }))
      .readonly(),
  }),
);

export const maintenanceReportSchema = component(
  'MaintenanceReport',
  z.strictObject({
    action: z.enum(maintenanceActions),
    checked: z.int(),
    changed: z.int(),
    differences: z
      .array(
        z.strictObject({
          organizationId: z.string().nullable(),
          paymentId: z.string().nullable(),
          problem: z.string(),
        }),
      )
      .readonly(),
    differing: z.int(),
    bytes: z.strictObject({ before: z.int(), after: z.int() }).optional().meta({
      description: 'What was archived took so many bytes before, and takes so many now.',
    }),
    root: z.string().optional().meta({
      description: 'The newest sealed root, as `HEX@POSITION`: keep it elsewhere, it proves everything before it.',
    }),
  }),
);

component(
  'MaintenanceProgress',
  z.strictObject({ done: z.int(), total: z.int().nullable() }),
  'How far maintenance is; `total` is null while it is not known.',
);

export const maintenanceFrames = z.string().meta({
  description:
    'Frames with `event` and `data`: any number of `progress` (a MaintenanceProgress), then one `report` (a MaintenanceReport) or one `problem` (a Problem). A failure before the first frame is answered by its status.',
});

export const readinessSchema = component(
  'Readiness',
  z.strictObject({
    status: z.enum(['ok', 'unavailable']),
    sources: z.array(z.strictObject({ name: z.string(), healthy: z.boolean() })).readonly(),
  }),
);

export const livenessSchema = z.strictObject({ status: z.literal('ok') });

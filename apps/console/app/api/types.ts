// The API's types under the names that the console has for them. They are made of the API's own document.

import type { components } from './schema.d.ts';

type Schemas = components['schemas'];

export type PaymentView = Schemas['Payment'];
export type PaymentList = Schemas['PaymentList'];
export type EventView = Schemas['Event'];
export type EventList = Schemas['EventList'];
export type Timeline = Schemas['Timeline'];
export type SuggestionList = Schemas['SuggestionList'];
export type AnalyticsView = Schemas['Analytics'];
export type Storage = Schemas['Storage'];
export type MaintenanceReport = Schemas['MaintenanceReport'];
export type MaintenanceProgress = Schemas['MaintenanceProgress'];
export type MaintenanceAction = MaintenanceReport['action'];
export type ProblemBody = Schemas['Problem'];

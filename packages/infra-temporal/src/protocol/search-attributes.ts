// By what operators find payments among the workflows. Nothing in them is personal.

import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

export const organizationAttribute = defineSearchAttributeKey('PaystrataOrganization', SearchAttributeType.KEYWORD);
export const statusAttribute = defineSearchAttributeKey('PaystrataStatus', SearchAttributeType.KEYWORD);
/** True while a person has to settle something. */
export const reviewAttribute = defineSearchAttributeKey('PaystrataNeedsReview', SearchAttributeType.BOOL);

export const searchAttributes = [organizationAttribute, statusAttribute, reviewAttribute] as const;

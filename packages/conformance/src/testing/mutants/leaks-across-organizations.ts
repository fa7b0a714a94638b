// Suggests what the payments of other organizations hold.

import type { OrganizationId } from '@paystrata/domain';
import type { Mutant } from './mutant.ts';

export const leaksAcrossOrganizations: Mutant = {
  name: 'suggests from the payments of every organization',
  breaks: 'tenancy',
  read: (read, strategy) => ({
    suggestions: async (query, context) => {
      const own = await read.suggestions(query, context);
      const { events } = await strategy.log.readAll({ direction: 'forward', from: null, limit: 1000 });
      const organizations = new Set<OrganizationId>(events.map((event) => event.organizationId));
      organizations.delete(context.organizationId);
      const others = await Promise.all(
        [...organizations].map((organizationId) =>
          read.suggestions(query, { ...context, organizationId, atLeast: null }),
        ),
      );
      return [...own, ...others.flat()];
    },
  }),
};

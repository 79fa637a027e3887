import type { Rule } from '../../engine/definition.ts';

/**
 * Who manages an event: makes, changes and removes it, and sees it as a draft. What nobody is assigned to yet is managed by
 * whoever manages everybody, and by the manager of a group who made it. Reference: 35-users.md, User Permissions.
 */
export const manages: Rule = {
  any: [
    { has: 'manage_company_schedules' },
    { all: [{ has: 'manage_schedules' }, { manages: 'assignee_id' }] },
    { all: [{ has: 'manage_my_schedule' }, { self: 'assignee_id' }] },
    { all: [{ has: 'manage_schedules' }, { unset: 'assignee_id' }, { self: 'created_by_user_id' }] },
  ],
};

/** Who sees an event: its managers; once it is published also its user, the managers of his group, and who may by a flag. */
export const sees: Rule = {
  any: [
    manages,
    {
      all: [
        { isFalse: 'draft' },
        {
          any: [
            { self: 'assignee_id' },
            { manages: 'assignee_id' },
            { has: 'view_company_schedules' },
            { all: [{ has: 'view_group_schedules' }, { colleague: 'assignee_id' }] },
          ],
        },
      ],
    },
  ],
};

/** Who manages any event at all; which ones, `manages` decides about each user that an event concerns. */
export const managesSome: Rule = {
  any: [{ has: 'manage_company_schedules' }, { has: 'manage_schedules' }, { has: 'manage_my_schedule' }],
};

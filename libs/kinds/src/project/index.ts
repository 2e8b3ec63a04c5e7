import { NO_FACETS, type TrackedKind } from '@saksgang/kernel';
import type { ProjectCommand } from './project.commands.js';
import { projectDecider } from './project.decider.js';
import type { ProjectEvent } from './project.events.js';
import { PROJECT_COMMANDS, PROJECT_EVENTS } from './project.schema.js';
import type { Project } from './project.state.js';
import { PROJECT_FIELDS, PROJECT_LABEL, PROJECT_STATES, beforeProject, describeProject, summariseProject } from './project.view.js';
import { PROJECT_SHOWN } from './project.shown.js';

export type * from './project.commands.js';
export * from './project.events.js';
export type * from './project.state.js';
export { LIGHT_LABELS, PROJECT_STATES, STATUS_DIMENSION_LABELS, durationLabel, type ProjectStateName } from './project.view.js';

/** Prosjekt: started → reporting → closed, with the meetings of its steering group. */
export const project: TrackedKind<ProjectCommand, Project, ProjectEvent> = {
  name: 'project',
  label: PROJECT_LABEL,
  decider: projectDecider,
  commands: PROJECT_COMMANDS,
  events: PROJECT_EVENTS,
  states: PROJECT_STATES,
  describe: describeProject,
  fields: PROJECT_FIELDS,
  summarise: summariseProject,
  facets: () => NO_FACETS,
  partOf: () => null,
  hasPart: () => false,
  links: () => [],
  before: beforeProject,
  onTimeline: () => true,
  meeting: ({ type, data }) => (type === 'MeetingHeld' ? data : null),
  belonging: 'GATHERS',
  shown: PROJECT_SHOWN,
};

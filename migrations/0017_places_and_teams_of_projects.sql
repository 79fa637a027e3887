-- That somebody works at a place of a project is told once for each timesheet and location.
CREATE UNIQUE INDEX project_activities_location_once ON project_activities
  (company_id, (linked_objects #>> '{timesheets,0}'), (linked_objects #>> '{locations,0}'))
  WHERE activity_type = 'location_update';

-- Whether an assignment was ended because its jobcode was archived: a project that is opened again has its team back.
ALTER TABLE jobcode_assignments ADD COLUMN ended_with_jobcode boolean NOT NULL DEFAULT false;

CREATE FUNCTION begin_assignment_anew() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.ended_with_jobcode := false;
  RETURN NEW;
END $$;
CREATE TRIGGER begin_anew BEFORE UPDATE ON jobcode_assignments FOR EACH ROW
  WHEN (NEW.active AND NEW.ended_with_jobcode) EXECUTE FUNCTION begin_assignment_anew();

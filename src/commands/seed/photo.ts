/** A small picture of a plate, as a PNG file. */
export const photo =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAABgAAAAYCAIAAABvFaqvAAAAMklEQVR42mOwcfKiCmKgskHXbj8gG40aNBgMIiay6WvQaKyRH9gDZ9BorA0VgwZRLQIA0zJE5TEP/2EAAAAASUVORK5CYII=';

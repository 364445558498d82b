/**
 * The one catalogue of meters: what is counted, in which unit, by which labels, and who exports it.
 *
 * <p>Services register meters through {@link org.sonograph.runtime.meters.Catalogue} alone; the
 * guide's page, the dashboards and the alert rules are tested against it. Labels have closed sets
 * of values: never names of files, prompts or ids.
 */
package org.sonograph.runtime.meters;

/** The machine's sound cards. */
package org.sonograph.runtime.card;

/**
 * How often something may happen: new sessions of a service, answers to strangers, packets for the kernel. Pure calculation
 * by a clock that is handed in; it knows neither packets nor services.
 */
package io.twoarm.director.rate;

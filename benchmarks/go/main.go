// GET /pbx/group/{id} in Go: net/http, the official MongoDB driver, golang-jwt with a cache of verified tokens. It gives the
// same answers and makes the same decisions as the service. It leaves out entity tags, metrics, the record of refusals and
// limits of work.
package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"log"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/hashicorp/golang-lru/v2/expirable"
	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"golang.org/x/sync/errgroup"
)

const timeLimit = 2800 * time.Millisecond

type refusal struct {
	Message string `json:"message"`
	Code    string `json:"code"`
	Status  int    `json:"status"`
}

func (r *refusal) Error() string { return r.Message }

var (
	noCredentials = &refusal{"Authorization required, please login", "credentials_invalid", http.StatusUnauthorized}
	badFormat     = &refusal{"Authorization header format is Authorization: Bearer <token>", "format_error", http.StatusUnauthorized}
	expired       = &refusal{"Session has expired, please login", "expired", http.StatusUnauthorized}
	invalidToken  = &refusal{"Undecipherable", "invalid_token", http.StatusUnauthorized}
	badID         = &refusal{"Id not found in requestURI", "bad_request", http.StatusBadRequest}
	denied        = &refusal{"Insufficient access level", "access_denied", http.StatusForbidden}
	notFound      = &refusal{"Group not found", "not_found", http.StatusNotFound}
	internal      = &refusal{"Internal server error", "internal_error", http.StatusInternalServerError}
)

// handler answers a request, or says why not.
type handler func(http.ResponseWriter, *http.Request) error

func (h handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	requestID := r.Header.Get("X-Request-Id")
	if requestID == "" {
		requestID = rand.Text()
	}
	w.Header().Set("X-Request-Id", requestID)
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Content-Type", "application/json")
	err := h(w, r)
	if err == nil {
		return
	}
	var told *refusal
	if !errors.As(err, &told) {
		log.Printf("%s: %v", r.URL.Path, err)
		told = internal
	}
	w.Header().Set("Cache-Control", "no-store")
	if told.Status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", challenge(told))
	}
	w.WriteHeader(told.Status)
	body, _ := json.Marshal(map[string]*refusal{"error": told})
	w.Write(body)
}

func challenge(told *refusal) string {
	switch told {
	case noCredentials:
		return `Bearer realm="pbx"`
	case badFormat:
		return `Bearer realm="pbx", error="invalid_request"`
	default:
		return `Bearer realm="pbx", error="invalid_token"`
	}
}

// claims of a token. Those of the wrong JSON type count as absent.
type claims struct {
	jwt.RegisteredClaims
	UPN      string          `json:"upn"`
	Username string          `json:"preferred_username"`
	Groups   any             `json:"groups"`
	Customer json.RawMessage `json:"customer"`
	Reseller json.RawMessage `json:"reseller"`
}

func (c *claims) Validate() error {
	if c.Subject == "" && c.UPN == "" && c.Username == "" {
		return errors.New("no subject")
	}
	return nil
}

type caller struct {
	levels             []string
	customer, reseller *bson.ObjectID
	expires            time.Time
}

func (c *caller) has(levels ...string) bool {
	return slices.ContainsFunc(levels, func(level string) bool { return slices.Contains(c.levels, level) })
}

type authenticator struct {
	parser  *jwt.Parser
	keys    jwt.Keyfunc
	callers *expirable.LRU[string, *caller]
}

func newAuthenticator(publicKey []byte, issuer string) (*authenticator, error) {
	key, err := jwt.ParseRSAPublicKeyFromPEM(publicKey)
	if err != nil {
		return nil, err
	}
	return &authenticator{
		parser: jwt.NewParser(jwt.WithValidMethods([]string{"RS256"}), jwt.WithIssuer(issuer), jwt.WithExpirationRequired(),
			jwt.WithLeeway(10*time.Second)),
		keys:    func(*jwt.Token) (any, error) { return key, nil },
		callers: expirable.NewLRU[string, *caller](10_000, nil, time.Minute),
	}, nil
}

func (a *authenticator) caller(r *http.Request) (*caller, error) {
	headers := r.Header.Values("Authorization")
	if len(headers) == 0 {
		return nil, noCredentials
	}
	scheme, token, _ := strings.Cut(headers[0], " ")
	token = strings.TrimLeft(token, " ")
	if len(headers) > 1 || !strings.EqualFold(scheme, "Bearer") || token == "" || strings.ContainsAny(token, " \t") {
		return nil, badFormat
	}
	if known, ok := a.callers.Get(token); ok && time.Now().Before(known.expires) {
		return known, nil
	}
	var c claims
	if _, err := a.parser.ParseWithClaims(token, &c, a.keys); errors.Is(err, jwt.ErrTokenExpired) {
		return nil, expired
	} else if err != nil {
		return nil, invalidToken
	}
	verified := &caller{customer: claimedID(c.Customer), reseller: claimedID(c.Reseller), expires: c.ExpiresAt.Time}
	if c.Reseller == nil {
		verified.reseller = verified.customer
	}
	levels, _ := c.Groups.([]any)
	for _, level := range levels {
		if text, ok := level.(string); ok {
			verified.levels = append(verified.levels, text)
		}
	}
	a.callers.Add(token, verified)
	return verified, nil
}

func claimedID(claim json.RawMessage) *bson.ObjectID {
	var text string
	if json.Unmarshal(claim, &text) != nil {
		return nil
	}
	id, err := bson.ObjectIDFromHex(text)
	if err != nil {
		return nil
	}
	return &id
}

// rights of the controllers, as stored and as published.
type rights struct {
	Pickup         bool `bson:"pickup" json:"pickup"`
	Steal          bool `bson:"steal" json:"steal"`
	Spy            bool `bson:"spy" json:"spy"`
	SetPresence    bool `bson:"setPresence" json:"setPresence"`
	QueueMember    bool `bson:"queueMember" json:"queueMember"`
	ViewOtherParty bool `bson:"viewOtherParty" json:"viewOtherParty"`
	SMS            bool `bson:"sms" json:"sms"`
	ReadCalendar   bool `bson:"readCalendar" json:"readCalendar"`
	WriteCalendar  bool `bson:"writeCalendar" json:"writeCalendar"`
	ReadPhonebook  bool `bson:"readPhonebook" json:"readPhonebook"`
	WritePhonebook bool `bson:"writePhonebook" json:"writePhonebook"`
}

// storedGroup is a group in PbxDialplans. A customer of another type is no customer.
type storedGroup struct {
	ID          bson.ObjectID    `bson:"_id"`
	Customer    bson.RawValue    `bson:"customer"`
	Name        *string          `bson:"name"`
	Number      *string          `bson:"number"`
	StartAudio  *bson.ObjectID   `bson:"startAudio"`
	Redirect    *string          `bson:"redirect"`
	Notes       *string          `bson:"notes"`
	Members     []*bson.ObjectID `bson:"members"`
	Controllers []*bson.ObjectID `bson:"controllers"`
	Rights      rights           `bson:",inline"`
	Strategy    *string          `bson:"strategy"`
	RingTime    int64            `bson:"ringTime"`
	TimeoutGoto *bson.ObjectID   `bson:"timeoutGoto"`
}

// item is what a group refers to. A field of another type counts as null.
type item struct {
	ID       bson.ObjectID `bson:"_id"`
	Type     bson.RawValue `bson:"type"`
	Customer bson.RawValue `bson:"customer"`
	Number   bson.RawValue `bson:"number"`
	Name     bson.RawValue `bson:"name"`
}

type groupView struct {
	ID          bson.ObjectID  `json:"_id"`
	Type        string         `json:"type"`
	Customer    *bson.ObjectID `json:"customer"`
	Name        *string        `json:"name"`
	Number      *string        `json:"number"`
	StartAudio  *bson.ObjectID `json:"startAudio"`
	Redirect    *string        `json:"redirect"`
	Notes       *string        `json:"notes"`
	Members     any            `json:"members"`
	Controllers any            `json:"controllers"`
	rights
	Strategy    string `json:"strategy"`
	RingTime    int64  `json:"ringTime"`
	TimeoutGoto any    `json:"timeoutGoto"`
}

type extensionView struct {
	ID     bson.ObjectID `json:"_id"`
	Number *string       `json:"number"`
	Name   *string       `json:"name"`
}

type gotoView struct {
	ID     bson.ObjectID `json:"_id"`
	Type   *string       `json:"type"`
	Number *string       `json:"number"`
	Name   *string       `json:"name"`
}

type server struct {
	authenticator    *authenticator
	items, customers *mongo.Collection
}

var hexID = regexp.MustCompile(`^[0-9a-fA-F]{24}$`)

func (s *server) group(w http.ResponseWriter, r *http.Request) error {
	caller, err := s.authenticator.caller(r)
	if err != nil {
		return err
	}
	if !hexID.MatchString(r.PathValue("id")) {
		return badID
	}
	id, err := bson.ObjectIDFromHex(r.PathValue("id"))
	if err != nil {
		return badID
	}
	query := r.URL.Query()
	expandExtension, err := flag(query["expandExtension"], "expandExtension")
	if err != nil {
		return err
	}
	expandGoto, err := flag(query["expandGoto"], "expandGoto")
	if err != nil {
		return err
	}
	if !caller.has("VIEWER", "MANAGER", "OWNER", "RESELLER", "ADMIN") {
		return denied
	}

	ctx, cancel := context.WithTimeout(r.Context(), timeLimit)
	defer cancel()
	found, err := s.items.FindOne(ctx, bson.D{{Key: "_id", Value: id}}).Raw()
	if errors.Is(err, mongo.ErrNoDocuments) {
		return notFound
	} else if err != nil {
		return err
	}
	if kind, ok := found.Lookup("type").StringValueOK(); !ok || kind != "GROUP" {
		return notFound
	}
	customer := objectID(found.Lookup("customer"))
	if err := s.authorize(ctx, caller, customer); err != nil {
		return err
	}
	var stored storedGroup
	if err := bson.Unmarshal(found, &stored); err != nil {
		return err
	}
	view, err := s.view(ctx, &stored, customer, expandExtension, expandGoto)
	if err != nil {
		return err
	}
	var body bytes.Buffer
	encoder := json.NewEncoder(&body)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(view); err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "private, no-cache")
	w.Header().Set("Vary", "Authorization")
	_, err = w.Write(bytes.TrimSuffix(body.Bytes(), []byte("\n")))
	return err
}

func flag(values []string, name string) (bool, error) {
	if values == nil {
		return false, nil
	}
	if len(values) == 1 && strings.EqualFold(values[0], "true") {
		return true, nil
	}
	if len(values) == 1 && strings.EqualFold(values[0], "false") {
		return false, nil
	}
	return false, &refusal{name + " must be true or false, given at most once", "bad_request", http.StatusBadRequest}
}

func (s *server) authorize(ctx context.Context, caller *caller, customer *bson.ObjectID) error {
	if caller.has("ADMIN") || same(customer, caller.customer) && caller.has("VIEWER", "MANAGER", "OWNER") {
		return nil
	}
	if customer == nil || caller.reseller == nil || !caller.has("RESELLER") {
		return denied
	}
	if same(customer, caller.reseller) {
		return nil
	}
	found, err := s.customers.FindOne(ctx, bson.D{{Key: "_id", Value: *customer}},
		options.FindOne().SetProjection(bson.D{{Key: "parentReseller", Value: 1}})).Raw()
	if err != nil && !errors.Is(err, mongo.ErrNoDocuments) {
		return err
	}
	if err != nil || !same(objectID(found.Lookup("parentReseller")), caller.reseller) {
		return denied
	}
	return nil
}

func (s *server) view(ctx context.Context, stored *storedGroup, customer *bson.ObjectID, expandExtension, expandGoto bool) (*groupView, error) {
	members, controllers := present(stored.Members), present(stored.Controllers)
	view := &groupView{
		ID: stored.ID, Type: "GROUP", Customer: customer, Name: stored.Name, Number: stored.Number, StartAudio: stored.StartAudio,
		Redirect: stored.Redirect, Notes: stored.Notes, Members: members, Controllers: controllers, rights: stored.Rights,
		Strategy: "ALL", RingTime: stored.RingTime, TimeoutGoto: stored.TimeoutGoto,
	}
	if stored.Strategy != nil {
		view.Strategy = *stored.Strategy
	}
	if !slices.Contains([]string{"ALL", "SEQUENTIAL", "RANDOM"}, view.Strategy) {
		return nil, errors.New("unknown strategy")
	}
	lookups, ctx := errgroup.WithContext(ctx)
	if expandExtension {
		lookups.Go(func() error {
			found, err := s.referenced(ctx, customer, slices.Concat(members, controllers))
			view.Members, view.Controllers = extensions(members, found), extensions(controllers, found)
			return err
		})
	}
	if expandGoto && stored.TimeoutGoto != nil {
		lookups.Go(func() error {
			target := *stored.TimeoutGoto
			found, err := s.referenced(ctx, customer, []bson.ObjectID{target})
			expanded := gotoView{ID: target}
			if item, ok := found[target]; ok {
				expanded.Type, expanded.Number, expanded.Name = text(item.Type), text(item.Number), text(item.Name)
			}
			view.TimeoutGoto = expanded
			return err
		})
	}
	return view, lookups.Wait()
}

// referenced finds the customer's own items among these.
func (s *server) referenced(ctx context.Context, customer *bson.ObjectID, ids []bson.ObjectID) (map[bson.ObjectID]item, error) {
	if customer == nil || len(ids) == 0 {
		return nil, nil
	}
	cursor, err := s.items.Find(ctx, bson.D{{Key: "_id", Value: bson.D{{Key: "$in", Value: ids}}}},
		options.Find().SetBatchSize(int32(len(ids)+1)).SetProjection(bson.D{
			{Key: "type", Value: 1}, {Key: "customer", Value: 1}, {Key: "number", Value: 1}, {Key: "name", Value: 1}}))
	if err != nil {
		return nil, err
	}
	var found []item
	if err := cursor.All(ctx, &found); err != nil {
		return nil, err
	}
	own := make(map[bson.ObjectID]item, len(found))
	for _, item := range found {
		if same(objectID(item.Customer), customer) {
			own[item.ID] = item
		}
	}
	return own, nil
}

func extensions(ids []bson.ObjectID, found map[bson.ObjectID]item) []extensionView {
	views := make([]extensionView, len(ids))
	for i, id := range ids {
		views[i].ID = id
		item := found[id]
		if kind, _ := item.Type.StringValueOK(); kind == "EXTENSION" {
			views[i].Number, views[i].Name = text(item.Number), text(item.Name)
		}
	}
	return views
}

func present(ids []*bson.ObjectID) []bson.ObjectID {
	kept := make([]bson.ObjectID, 0, len(ids))
	for _, id := range ids {
		if id != nil {
			kept = append(kept, *id)
		}
	}
	return kept
}

// same tells whether both are the same id. No id is never the same.
func same(a, b *bson.ObjectID) bool { return a != nil && b != nil && *a == *b }

func objectID(value bson.RawValue) *bson.ObjectID {
	if id, ok := value.ObjectIDOK(); ok {
		return &id
	}
	return nil
}

func text(value bson.RawValue) *string {
	if text, ok := value.StringValueOK(); ok {
		return &text
	}
	return nil
}

func main() {
	publicKey, err := os.ReadFile(os.Getenv("PUBLIC_KEY"))
	if err != nil {
		log.Fatal(err)
	}
	authenticator, err := newAuthenticator(publicKey, os.Getenv("ISSUER"))
	if err != nil {
		log.Fatal(err)
	}
	client, err := mongo.Connect(options.Client().ApplyURI(os.Getenv("DATABASE_URL")))
	if err != nil {
		log.Fatal(err)
	}
	database := client.Database("pbx")
	s := &server{authenticator, database.Collection("PbxDialplans"), database.Collection("Customers")}
	mux := http.NewServeMux()
	mux.Handle("GET /pbx/group/{id}", handler(s.group))
	listener := &http.Server{Addr: "127.0.0.1:" + os.Getenv("PORT"), Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	log.Fatal(listener.ListenAndServe())
}

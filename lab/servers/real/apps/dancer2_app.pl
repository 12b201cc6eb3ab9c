#!/usr/bin/perl
# Perl: Dancer2 on Starman, with Crypt::JWT and PDF::API2. `starman --listen 127.0.0.1:PORT dancer2_app.pl`
use strict;
use warnings;
use utf8;
use Crypt::JWT qw(decode_jwt);
use Dancer2;
use JSON::MaybeXS ();
use PDF::API2;

set charset => '';
set show_errors => 0;

open my $file, '<', $ENV{DATA} or die $!;
my $settings = JSON::MaybeXS->new(utf8 => 1)->decode(do { local $/; <$file> });
my %workspaces = map { $_->{id} => $_ } @{ $settings->{workspaces} };

sub answer {
    my ($status, $content, %fields) = @_;
    status $status;
    response_header $_ => $fields{$_} for keys %fields;
    return $content;
}

sub refuse {
    my ($status, $title, $challenge) = @_;
    return answer(
        $status,
        JSON::MaybeXS->new(utf8 => 1)->encode({ status => $status, title => $title }),
        'Content-Type'  => 'application/problem+json',
        'Cache-Control' => 'no-store',
        $challenge ? ('WWW-Authenticate' => $challenge) : (),
    );
}

get '/workspaces/:id/organizations/usage.pdf' => sub {
    my ($token) = (request->header('Authorization') // '') =~ /^Bearer +(\S+) *$/i;
    return refuse(401, 'A bearer token is needed', 'Bearer realm="usage"') unless defined $token;
    my $claims = eval {
        decode_jwt(
            token => $token, key => $settings->{secret}, accepted_alg => 'HS256',
            verify_iss => $settings->{issuer}, verify_aud => $settings->{audience},
            verify_exp => 1, verify_sub => sub { length($_[0] // '') },
        );
    };
    return refuse(401, 'The token is not valid', 'Bearer realm="usage", error="invalid_token"')
        unless ref $claims eq 'HASH';
    my $workspace = $workspaces{ route_parameters->get('id') } or return refuse(404, 'There is no such workspace');
    my %scopes = map { $_ => 1 } split / /, $claims->{scope} // '';
    return refuse(403, 'You have no access to this workspace')
        unless $scopes{ $settings->{scope} } && grep { $_ eq $claims->{sub} } @{ $workspace->{members} };
    return answer(
        200, render($workspace),
        'Content-Type'           => 'application/pdf',
        'Content-Disposition'    => qq{attachment; filename="usage-$workspace->{id}.pdf"},
        'Cache-Control'          => 'private, no-store',
        'X-Content-Type-Options' => 'nosniff',
    );
};

sub render {
    my ($workspace) = @_;
    my $pdf  = PDF::API2->new();
    my $font = $pdf->corefont('Helvetica', -encode => 'latin1');
    my $page = $pdf->page;
    $page->mediabox('A4');
    my $text = $page->text;
    $text->font($font, 9);
    my $y = 800;
    my $line = sub {
        my @cells = @_;
        for my $i (0 .. $#cells) {
            $text->translate($i == 0 ? 40 : 270 + 45 * ($i - 1), $y);
            $text->text($cells[$i]);
        }
        $y -= 16;
    };
    $line->("Usage of $workspace->{name}");
    my @organizations = @{ $workspace->{organizations} };
    $line->('There are no organizations.') unless @organizations;
    $line->('Organization', 'Locations', 'Limit', 'Users', 'Limit', 'SSO', 'Limit') if @organizations;
    for my $one (@organizations) {
        $line->(
            $one->{name},
            map { ($one->{usage}{subtree_usage}{$_} // 0, $one->{limits}{$_} // '-') } qw(locations users sso)
        );
    }
    return $pdf->to_string;
}

to_app;
